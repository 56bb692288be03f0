/** Surnames of two characters, as they are written in Traditional and Simplified Chinese. */
const COMPOUND_SURNAMES = new Set(
  '歐陽 欧阳 司馬 司马 上官 諸葛 诸葛 司徒 夏侯 皇甫 尉遲 尉迟 公孫 公孙 慕容 令狐 宇文 長孫 长孙 端木 東方 东方 獨孤 独孤 南宮 南宫 軒轅 轩辕 淳于 單于 单于 太史 申屠 鍾離 钟离 呼延 赫連 赫连 澹臺 澹台 公冶 宗政 濮陽 濮阳 太叔 仲孫 仲孙 閭丘 闾丘 西門 西门 百里 東郭 东郭 左丘 梁丘 巫馬 巫马 公良 拓跋 完顏 完颜 納蘭 纳兰 張簡 张简 范姜 葉劉 叶刘'.split(
    ' ',
  ),
);

const ALL_HAN = /^[\p{Script=Han}〇々\p{Co}]+$/u;

/**
 * A person's name in its parts. Chinese: the surname first, of two characters where it is one of those (歐陽) or where four characters
 * make a doubled surname likely; a middle dot parts transliterated names (given first). Otherwise the last word is the family's.
 */
export function personName(fullName: string): { readonly family: string; readonly given: string } {
  const name = fullName.trim().replaceAll(/\s+/g, ' ');
  const characters = [...name];
  if (ALL_HAN.test(name)) {
    const two = characters.slice(0, 2).join('');
    const length = characters.length > 2 && (COMPOUND_SURNAMES.has(two) || characters.length === 4) ? 2 : 1;
    return { family: characters.slice(0, length).join(''), given: characters.slice(length).join('') };
  }
  const parts = name.split(/[·‧・]/u);
  if (parts.length > 1) return { family: parts.at(-1) ?? '', given: parts.slice(0, -1).join('·') };
  if (name.includes(',')) {
    const [family = '', given = ''] = name.split(',', 2);
    return { family: family.trim(), given: given.trim() };
  }
  const words = name.split(' ');
  return words.length < 2
    ? { family: '', given: name }
    : { family: words.at(-1) ?? '', given: words.slice(0, -1).join(' ') };
}
