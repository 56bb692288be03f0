import type { Random } from '../platform/random.ts';

/** Syllables typed without an input method; 256 of them, so that one random byte picks one without bias. */
const SYLLABLES = `
ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha chai chan chang chao
che chen cheng chi chong chou chu chuan chuang chui chun cong cou cu cuan cui cun cuo da dai dan dang dao de deng di dian
diao die ding dong dou du duan dui dun duo en fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gen geng gong gou
gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia
jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang kui
kun kuo la lai lan lang lao le lei leng li lian liang liao lie lin ling liu long lou lu luan lun luo ma mai man mang mao
mei men meng mi mian miao mie min ming mo mou mu na nai nan nang nao nei nen neng ni nian niang niao nie nin ning niu nong
nuan nuo ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pu qi qia qian qiang qiao qie qin qing qiong qiu
qu quan que qun ran rang rao re ren reng ri rong rou ru ruan rui run ruo`
  .trim()
  .split(/\s+/)
  .slice(0, 256);

/** Six random words of two syllables each, about 96 bits: what the desk offers before asking for an own secret (§5). */
export function proposeSecret(random: Random): string {
  const picks = [...random.bytes(12)].map((byte) => SYLLABLES[byte % SYLLABLES.length] ?? '');
  const words = [0, 2, 4, 6, 8, 10].map((index) => `${picks[index] ?? ''}${picks[index + 1] ?? ''}`);
  return words.join(' ');
}
