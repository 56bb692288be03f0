import type { Role } from '../../../shared/domain/roles.ts';
import type { StaffRow } from '../../store/staff.ts';
import { drawFrom } from './draw.ts';
import { drawPerson } from './people.ts';

/** The people of the company that keeps the practice archive. */

export const PRACTICE_KEEPER = {
  archiveName: '實訓檔案',
  login: 'keeper',
  displayName: '林專管',
  secret: 'practice keeper 實訓檔案 2026',
};

export interface PracticeUser {
  readonly login: string;
  readonly role: Role;
  readonly secret: string;
}

/** Secrets that everybody may know: they say themselves that they are for practice. The supervisor comes last: from then on a change of people needs two. */
export const PRACTICE_USERS: readonly PracticeUser[] = [
  { login: 'account', role: 'accountManager', secret: '實訓 客戶經理 practice 2026' },
  { login: 'business', role: 'businessManager', secret: '實訓 業務經理 practice 2026' },
  { login: 'service', role: 'customerService', secret: '實訓 客戶服務 practice 2026' },
  { login: 'executive', role: 'executive', secret: '實訓 總經理室 practice 2026' },
  { login: 'auditor', role: 'auditor', secret: '實訓 審計人員 practice 2026' },
  { login: 'supervisor', role: 'supervisor', secret: '實訓 檔案主管 practice 2026' },
];

/** Department, position, how many, login of the first. */
const POSTS: readonly (readonly [string, string, number, string?])[] = [
  ['檔案室', '檔案專管員', 1, 'keeper'],
  ['檔案室', '檔案主管', 1, 'supervisor'],
  ['業務一部', '客戶經理', 1, 'account'],
  ['業務一部', '業務員', 4],
  ['業務二部', '業務經理', 1, 'business'],
  ['業務二部', '業務員', 3],
  ['國際業務部', '業務員', 3],
  ['客戶服務部', '客戶服務專員', 1, 'service'],
  ['客戶服務部', '客戶服務專員', 2],
  ['總經理室', '副總經理', 1, 'executive'],
  ['稽核室', '審計專員', 1, 'auditor'],
  ['財務部', '應收帳款專員', 2],
  ['法務組', '法務專員', 1],
  ['品保部', '檢驗員', 2],
  ['倉儲課', '倉管員', 1],
];

/** As many have left; they borrow nothing any more. */
const LEAVERS = 3;

export type PracticeStaff = Omit<StaffRow, 'id'> & { readonly isSalesperson: boolean };

/** Some 25 people with number, department, position and extension. */
export function practiceStaff(seed: number): readonly PracticeStaff[] {
  const draw = drawFrom(seed, 0);
  const names = new Set<string>();
  const newName = (): string => {
    for (;;) {
      const { name } = drawPerson(draw, 'hant');
      if (!names.has(name)) {
        names.add(name);
        return name;
      }
    }
  };
  const staff: PracticeStaff[] = [];
  for (const [department, position, count, login] of POSTS)
    for (let at = 0; at < count; at += 1)
      staff.push({
        number: `S${String(staff.length + 1).padStart(3, '0')}`,
        name: login === 'keeper' ? PRACTICE_KEEPER.displayName : newName(),
        department,
        position,
        phone: `02-2700-1234 #${200 + staff.length}`,
        login: login ?? null,
        active: 1,
        isSalesperson: position === '業務員',
      });
  const left = staff.filter((person) => person.login === null && !person.isSalesperson).slice(-LEAVERS);
  const last = staff.filter((person) => person.isSalesperson).slice(-1);
  return staff.map((person) => (left.includes(person) || last.includes(person) ? { ...person, active: 0 } : person));
}
