import { describe, expect, it } from 'vitest';
import { drawFrom } from '../../../electron/services/practice/draw.ts';
import type { PracticeWorld } from '../../../electron/services/practice/enterprise-values.ts';
import { practiceCalendar } from '../../../electron/services/practice/practice-calendar.ts';
import { kindOf, practiceCustomer } from '../../../electron/services/practice/practice-customer.ts';
import { PRACTICE_KEEPER, PRACTICE_USERS, practiceStaff } from '../../../electron/services/practice/practice-people.ts';
import { secretProblem } from '../../../electron/vault/vault.ts';
import { checkCharacters } from '../../../shared/domain/check-characters.ts';
import { documentType } from '../../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES } from '../../../shared/domain/dossier-classes.ts';
import { completeness, customerName, validateCard } from '../../../shared/domain/form-fields.ts';
import { ROLES } from '../../../shared/domain/roles.ts';

const worldOf = (seed: number, today = '2026-11-23', thin = false): PracticeWorld => ({
  seed,
  calendar: practiceCalendar(2026, today),
  salespeople: practiceStaff(seed)
    .filter((person) => person.isSalesperson)
    .map((person) => person.name),
  thin,
});
const customersOf = (world: PracticeWorld, count: number) =>
  Array.from({ length: count }, (_, position) => {
    const kind = kindOf(world, position);
    return practiceCustomer(world, position, { kind, number: `N${position}`, sequence: position + 1 });
  });

describe('customers of a practice archive', () => {
  const customers = customersOf(worldOf(1), 1_200);

  it('are the same for the same seed, others for another', () => {
    expect(customersOf(worldOf(1), 50)).toEqual(customers.slice(0, 50));
    expect(customersOf(worldOf(2), 50)).not.toEqual(customers.slice(0, 50));
  });

  it('keep names, numbers and papers when the day is another; nothing lies in the future', () => {
    const later = customersOf(worldOf(1, '2026-12-30'), 1_200);
    expect(later.map((customer) => customerName(customer.kind, customer.values))).toEqual(
      customers.map((customer) => customerName(customer.kind, customer.values)),
    );
    expect(
      later.map((customer) => customer.dossier.papers.map((paper) => [paper.type, paper.documentNumber.slice(-4)])),
    ).toEqual(
      customers.map((customer) => customer.dossier.papers.map((paper) => [paper.type, paper.documentNumber.slice(-4)])),
    );
    for (const { dossier, createdAt, updatedAt, visits } of customers) {
      for (const paper of dossier.papers) expect(paper.date < '2026-11-23').toBe(true);
      for (const at of [createdAt, updatedAt, ...visits.map((visit) => visit.visitedAt)])
        expect(at < '2026-11-23T').toBe(true);
    }
  });

  it('can be stored as a keeper would type them, every check character right', () => {
    for (const { kind, values } of customers) expect(validateCard(kind, values)).toEqual({ errors: [], warnings: [] });
    const codes = customers
      .map((customer) => customer.values['unifiedSocialCreditCode'])
      .filter((code) => typeof code === 'string');
    expect(codes.length).toBeGreaterThan(300);
    for (const code of codes) expect(checkCharacters('unifiedSocialCreditCode', code)).toBe('valid');
    const identities = customers
      .filter((customer) => customer.values['identityDocumentType'] === 'residentIdentityCard')
      .map((customer) => customer.values['identityDocumentNumber']);
    for (const number of identities)
      if (typeof number === 'string') expect(checkCharacters('residentIdentityNumber', number)).toBe('valid');
  });

  it('spread over kinds, scripts, rare characters, completeness and export', () => {
    const names = customers.map((customer) => customerName(customer.kind, customer.values));
    expect(new Set(names).size).toBeGreaterThan(1_150);
    const share = (of: (customer: (typeof customers)[number]) => boolean) =>
      customers.filter(of).length / customers.length;
    expect(share(({ kind }) => kind === 'individual')).toBeCloseTo(0.2, 1);
    expect(names.some((name) => /[\u{20000}-\u{33fff}]/u.test(name))).toBe(true);
    expect(names.some((name) => name.includes('有限责任公司') || name.includes('科技'))).toBe(true);
    expect(names.some((name) => /臺北|高雄|廈門/.test(name))).toBe(true);
    expect(names.some((name) => /GmbH|Co\., Ltd\.|Pte\./.test(name))).toBe(true);
    const percents = customers.map((customer) => completeness(customer.kind, customer.values).percent);
    expect(percents.filter((percent) => percent === 100).length).toBeGreaterThan(300);
    expect(percents.filter((percent) => percent < 70).length).toBeGreaterThan(60);
    const exporting = customers.filter((customer) => customer.values['directExport'] === true);
    expect(exporting.length / customers.filter((customer) => customer.kind === 'enterprise').length).toBeGreaterThan(
      0.1,
    );
    expect(exporting.length / customers.filter((customer) => customer.kind === 'enterprise').length).toBeLessThan(0.2);
  });

  it('have papers in all five classes, complete export sets and sets with gaps', () => {
    const papers = customers.flatMap((customer) => customer.dossier.papers);
    for (const dossierClass of DOSSIER_CLASSES)
      expect(papers.filter((paper) => documentType(paper.type).class === dossierClass).length).toBeGreaterThan(50);
    expect(new Set(papers.map((paper) => paper.date.slice(0, 4)))).toEqual(new Set(['2024', '2025', '2026']));
    const perOrder = new Map<string, number>();
    for (const paper of papers)
      if (paper.exportOrder !== null) perOrder.set(paper.exportOrder, (perOrder.get(paper.exportOrder) ?? 0) + 1);
    const sizes = [...perOrder.values()];
    expect(sizes.filter((size) => size === 4).length).toBeGreaterThan(20);
    expect(sizes.filter((size) => size < 4).length).toBeGreaterThan(20);
    expect(papers.some((paper) => paper.supersededBy !== null)).toBe(true);
  });

  it('get few papers each where very many are wanted', () => {
    const thin = customersOf(worldOf(1, '2026-11-23', true), 400);
    const each = thin.reduce((sum, customer) => sum + customer.dossier.papers.length, 0) / thin.length;
    expect(each).toBeLessThan(3);
  });
});

describe('people of a practice archive', () => {
  it('R every role that signs in has a user, whose secret may be chosen and says that it is for practice', () => {
    const users = [{ role: 'keeper', login: PRACTICE_KEEPER.login, secret: PRACTICE_KEEPER.secret }, ...PRACTICE_USERS];
    expect(new Set(users.map((user) => user.role))).toEqual(new Set(ROLES));
    for (const { secret, login } of users) {
      expect(secret).toMatch(/實訓|practice/);
      expect(secretProblem(secret, 'secret', { vaultWords: [PRACTICE_KEEPER.archiveName, login] })).toBeUndefined();
    }
  });

  it('some have left, and every user is in the directory', () => {
    const staff = practiceStaff(1);
    expect(staff.length).toBe(25);
    expect(staff.filter((person) => person.active === 0).length).toBe(4);
    expect(new Set(staff.map((person) => person.name)).size).toBe(25);
    for (const { login } of PRACTICE_USERS) expect(staff.some((person) => person.login === login)).toBe(true);
  });
});

describe('repeatable chance', () => {
  it('a stream is its own and the same again', () => {
    const take = (...parts: number[]) =>
      Array.from(
        { length: 5 },
        (
          (draw) => () =>
            draw.next()
        )(drawFrom(...parts)),
      );
    expect(take(1, 2)).toEqual(take(1, 2));
    expect(take(1, 2)).not.toEqual(take(2, 1));
    expect(take(0)).not.toEqual(take(0, 0));
  });

  it('draws lie in their bounds and reach both ends', () => {
    const draw = drawFrom(9);
    const drawn = Array.from({ length: 2_000 }, () => draw.between(3, 7));
    expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6, 7]));
    expect(draw.some([1, 2, 3], 2)).toHaveLength(2);
    expect(draw.digits(12)).toMatch(/^[1-9]\d{11}$/);
  });
});
