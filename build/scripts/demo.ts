import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The keeper's year without a display: practice archive → import a file → loan and return → bind the year → verify.
 * Everything goes through the command line, so through the dispatcher; nothing here knows the archive from inside.
 */
const program = fileURLToPath(new URL('../../electron/hosts/cli/dossier-desk.mjs', import.meta.url));
const folder =
  process.argv[2] ?? join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'dossier-desk', 'demo');
const vault = join(folder, 'practice-archive');
const volumes = join(folder, 'volumes');
const YEAR = new Date().getFullYear();
const CUSTOMERS = 40;
const SEED = 7;

interface Outcome {
  readonly status: number;
  readonly output: string;
  readonly error: string;
}

function run(args: readonly string[], secret: string, input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args, '--vault', vault, '--json'], {
      env: { ...process.env, DOSSIER_DESK_SECRET: secret },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    let error = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      error += chunk;
    });
    child.on('close', (status) => resolve({ status: status ?? 1, output, error }));
    child.stdin.end(input);
  });
}

async function step<T>(title: string, work: () => Promise<Outcome>, say: (answer: T) => readonly string[]): Promise<T> {
  const began = performance.now();
  const { status, output, error } = await work();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (status !== 0) {
    console.error(`✗ ${title} (${seconds} s, exit ${status})\n${error}`);
    process.exit(status);
  }
  const answer = JSON.parse(output.trim()) as T;
  console.log(`✓ ${title} (${seconds} s)`);
  for (const line of say(answer)) console.log(`    ${line}`);
  return answer;
}

interface Practice {
  readonly customers: number;
  readonly papers: number;
  readonly keeper: string;
  readonly users: readonly { readonly login: string; readonly role: string; readonly secret: string }[];
}

const NEW_CUSTOMERS = [
  '客戶名稱,統一編號,國家,地區,電話,註冊地址,負責人,主營產品',
  '臺灣示範精密股份有限公司,04595257,台灣,台北市,02-2345-6789,臺北市中山區南京東路二段 100 號,王大明,精密零件',
  '上海示範國際貿易有限公司,,中國大陸,上海市,021-5555-1234,上海市浦東新區張楊路 500 號,李小華,紡織品',
].join('\n');

console.log(`Dossier Desk · 客戶檔案櫃\n${folder}\n`);
if (existsSync(vault)) rmSync(vault, { recursive: true });
mkdirSync(folder, { recursive: true });
const practice = await step<Practice>(
  '實訓檔案 practice archive',
  () => run(['practice', '--customers', String(CUSTOMERS), '--seed', String(SEED), '--year', String(YEAR)], ''),
  (answer) => [`${answer.customers} 家客戶, ${answer.papers} 件資料`, vault],
);
const keeper = practice.users.find((user) => user.role === 'keeper');
const secret = keeper?.secret ?? '';
const as = ['--as', keeper?.login ?? practice.keeper];

const table = join(folder, 'new-customers.csv');
writeFileSync(table, NEW_CUSTOMERS);
await step<{ imported: number; updated: number; unchanged: number; firstNumber: string | null }>(
  '匯入客戶 import',
  () => run(['import', table, ...as], secret),
  (report) => [
    `新增 ${report.imported}，更新 ${report.updated}，不變 ${report.unchanged}，首號 ${report.firstNumber ?? '–'}`,
  ],
);
const call = (name: string, input: unknown) => run(['call', name, JSON.stringify(input), ...as], secret);
const found = await step<{ hits: readonly { readonly number: string; readonly title: string }[] }>(
  '查找 search「示範」',
  () => run(['search', '示範', ...as], secret),
  (answer) => answer.hits.map((hit) => `${hit.number}  ${hit.title}`),
);
const customer = found.hits[0]?.number ?? 'E000001';
const filed = await step<{ code: string }>(
  '歸檔 file a contract',
  () =>
    call('dossiers.addPaper', {
      customer,
      type: 'contract',
      title: '年度購銷合同',
      date: `${YEAR}-03-01`,
      pages: 3,
      security: 'internal',
    }),
  (answer) => [answer.code],
);
const { staff } = await step<{
  staff: readonly { readonly id: number; readonly name: string; readonly overdueLoans: number }[];
}>(
  '人員 staff',
  () => call('staff.list', {}),
  (answer) => [`${answer.staff.length} 人`],
);
const borrower = staff.find((member) => member.overdueLoans === 0);
const loan = await step<{ loanNumber: string; due: string }>(
  '借閱 lend',
  () => call('loans.lend', { code: filed.code, borrowerId: borrower?.id ?? 1, purpose: '拜訪前閱覽' }),
  (answer) => [`${answer.loanNumber} → ${borrower?.name ?? ''}，應還 ${answer.due}`],
);
await step(
  '歸還 return',
  () => call('loans.return', { loanNumber: loan.loanNumber, pagesIn: 3 }),
  () => ['頁數相符，完好'],
);
await step<{ volumes: readonly { readonly file: string; readonly pages: number; readonly papers: number }[] }>(
  `裝訂 bind ${YEAR}`,
  () => run(['bind', '--year', String(YEAR), '--out', volumes, '--explain', '實訓檔案：缺件留待補齊', ...as], secret),
  (answer) => answer.volumes.map((volume) => `${volume.file}  ${volume.pages} 頁 ${volume.papers} 件`),
);
await step<{
  ok: boolean;
  checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  audit: { readonly entries: number; readonly head: string };
}>(
  '核對 verify --deep',
  () => run(['verify', '--deep', ...as], secret),
  (answer) => [
    ...answer.checks.map((check) => `${check.ok ? '✓' : '✗'} ${check.name} ${check.detail}`),
    `${answer.audit.entries} entries, head ${answer.audit.head}`,
  ],
);
console.log(`\n實訓檔案與裝訂卷都在 ${folder}`);
