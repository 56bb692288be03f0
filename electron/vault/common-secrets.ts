/**
 * Words people build weak secrets from (R07). A secret made of up to three of them, of runs of digits, or of keyboard rows
 * is refused, so some 140 words stand for several million secrets of 15 characters and more.
 */
export const COMMON_WORDS: readonly string[] = `
password passw0rd p4ssword passwort passwd passcode passphrase secret mysecret topsecret letmein welcome login logon admin
administrator root superuser user username guest test testing tester demo default changeme changeit temporary temp access
computer internet windows microsoft apple google android samsung company office work home house family mother father
sunshine princess dragon monkey football baseball basketball superman batman pokemon starwars master shadow michael jordan
jennifer ashley hunter soccer hockey killer trustno1 iloveyou ilove you love lovely forever baby angel freedom whatever
summer winter spring autumn january february march april may june july august september october november december monday
tuesday wednesday thursday friday saturday sunday hello world goodbye please thanks thankyou correct horse battery staple
qwerty qwertz azerty asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc 1qaz 2wsx 3edc 1qaz2wsx 1q2w3e 1q2w3e4r
1q2w3e4r5t abc abcd abcdef the quick brown fox this is my not a very long strong enough safe secure
woaini woaini1314 5201314 1314520 520 1314 aini nihao mima wodemima woaiwojia zhongguo taiwan beijing shanghai taipei
dossier desk dossierdesk archive archives vault keeper supervisor manager customer client record file folder
密碼 密码 我的密碼 我的密码 我愛你 我爱你 檔案 档案 檔案館 档案馆 客戶 客户 客戶檔案 客户档案 專管員 专管员 管理員 管理员 公司 中國 中国 台灣 臺灣 台湾
一二三四五六七八九十 你好 世界
`
  .trim()
  .split(/\s+/);

/** Rows a finger walks along; any stretch of one, forwards or backwards, counts as one word. */
export const KEYBOARD_WALKS: readonly string[] = [
  '12345678901234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '一二三四五六七八九十',
];
