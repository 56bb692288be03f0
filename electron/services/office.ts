import type { OfficeHandover, OfficeInventory } from '../../shared/contract/people.ts';
import type { AgreementKind, AgreementStatement } from '../../shared/domain/agreements.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { takeSequence } from '../store/number-sequence.ts';
import { insertOfficeHandover, listOfficeHandovers, type OfficeHandoverRow } from '../store/office.ts';
import { forceHeldChange, holdOfficeHandover, withdrawChange } from '../vault/vault.ts';
import { consumeAgreement, writeAgreement } from './agreements.ts';
import type { CommandContext, HandlersOf, JobContext } from './context.ts';
import { markKeyChangeDue } from './key-change-due.ts';
import { officeInventory } from './office-inventory.ts';
import { acceptKeyring, rememberPublicKey } from './open-archive.ts';
import { type PersonHere, type ProvenHere, provePerson } from './prove-person.ts';
import { todayOf } from './today.ts';

/** The keeper's office goes over to another keeper: list, three secrets, one record (M3). */

export function shownHandover(row: OfficeHandoverRow): OfficeHandover {
  return {
    number: row.number,
    at: row.at,
    from: { login: row.from_login, displayName: row.from_name },
    to: { login: row.to_login, displayName: row.to_name },
    supervisor: { login: row.supervisor_login, displayName: row.supervisor_name },
    inventory: { ...(JSON.parse(row.inventory) as Omit<OfficeInventory, 'sha256'>), sha256: row.sha256 },
    differences: row.differences,
    remarks: row.remarks,
    auditSequence: row.audit_sequence,
  };
}

/** What successor and supervisor put their names to: the inventory by its hash, and what was found otherwise. */
function statementOf(
  kind: Extract<AgreementKind, 'handover' | 'handoverSuccessor'>,
  number: string,
  inventory: OfficeInventory,
  to: string,
  differences: string,
): AgreementStatement {
  return {
    kind,
    subject: `handover:${number}`,
    purpose: 'M3',
    lines: [
      { field: 'handoverFrom', value: inventory.keeper.displayName },
      { field: 'handoverTo', value: to },
      { field: 'handoverInventory', value: inventory.sha256 },
      { field: 'handoverDifferences', value: differences },
    ],
  };
}

interface Present {
  readonly keeper: ProvenHere;
  readonly successor: ProvenHere;
  readonly supervisor: ProvenHere;
}

/** One of the three agrees: the agreement and its entry carry their own signature, and it is used at once. */
function agree(
  context: CommandContext,
  statement: AgreementStatement,
  person: ProvenHere,
  inventory: OfficeInventory,
): void {
  const { archive, sql, clock } = context;
  const { login, displayName, role } = person.user;
  rememberPublicKey(sql, person.signer);
  const { number } = writeAgreement(sql, {
    statement,
    manner: 'secret',
    person: { login, name: displayName, role, staffId: null },
    givenAt: clock.now().toISOString(),
    signedOn: null,
    paperId: null,
    recordedBy: archive.deskActor.displayName,
    note: '',
  });
  consumeAgreement(context, statement, statement.subject);
  archive.audit.append(
    {
      actor: login,
      role,
      type: 'agreement.give',
      obj: statement.subject,
      outcome: 'ok',
      why: '',
      data: { kind: statement.kind, agreement: number, agreed: inventory.sha256 },
    },
    person.signer,
  );
}

async function handOver(
  context: JobContext,
  present: Present,
  input: { readonly sha256: string; readonly differences: string; readonly remarks: string },
): Promise<string> {
  const { archive, clock, random, kdf } = context;
  return context.transaction(async (change) => {
    for (const person of [present.successor, present.supervisor]) person.strike(change.sql);
    const inventory = await officeInventory(change);
    if (inventory.sha256 !== input.sha256)
      throw new AppError('CONFLICT', { params: { what: 'inventory' }, hint: 'hint.inventoryChanged' });
    const year = Number(todayOf(clock).slice(0, 4));
    const number = formatNumber(DEFAULT_PATTERNS.handover, takeSequence(change.sql, `handover-${year}`), year);
    const to = present.successor.user;
    change.note({ object: `handover:${number}`, data: { to: to.login, inventory: inventory.sha256 } });
    const statement = (kind: 'handover' | 'handoverSuccessor') =>
      statementOf(kind, number, inventory, to.displayName, input.differences);
    agree(change, statement('handoverSuccessor'), present.successor, inventory);
    agree(change, statement('handover'), present.supervisor, inventory);
    const { sha256, ...content } = inventory;
    insertOfficeHandover(change.sql, {
      number,
      at: clock.now().toISOString(),
      from_login: archive.deskActor.login,
      from_name: archive.deskActor.displayName,
      to_login: to.login,
      to_name: to.displayName,
      supervisor_login: present.supervisor.user.login,
      supervisor_name: present.supervisor.user.displayName,
      inventory: JSON.stringify(content),
      sha256,
      differences: input.differences,
      remarks: input.remarks,
      // The two agreements stand before this command's own entry.
      audit_sequence: change.auditSequence + 2,
    });
    const held = await holdOfficeHandover({
      opened: archive.vault,
      clock,
      random,
      kdf,
      successor: present.successor,
      supervisor: present.supervisor,
    });
    change.onRollback(() => withdrawChange(archive.vault));
    if (!held.isEnough) throw new AppError('SECOND_PERSON_MISSING');
    acceptKeyring(change.sql, held.sha256);
    // The old keeper has held the key: the new one is told to change it (R08).
    markKeyChangeDue(change.sql, archive, {
      since: clock.now().toISOString(),
      name: archive.deskActor.displayName,
    });
    change.afterCommit(async () => {
      await forceHeldChange(archive.vault, held.sha256);
      // The session of whoever no longer holds the office ends with it.
      context.end('handedOver');
    });
    return number;
  });
}

export const officeHandlers: HandlersOf<'office.inventory' | 'office.handOver' | 'office.handovers'> = {
  'office.inventory': { phase: 'query', run: (context) => officeInventory(context) },
  'office.handOver': {
    phase: 'job',
    async run(context, { sha256, secret, successor, supervisor, differences, remarks }) {
      const { archive } = context;
      context.note({ object: 'office' });
      const proven: ProvenHere[] = [];
      const prove = async (person: PersonHere): Promise<ProvenHere> => {
        const here = await provePerson(context, person);
        proven.push(here);
        return here;
      };
      try {
        const present = {
          keeper: await prove({ login: archive.deskActor.login, secret }),
          successor: await prove(successor),
          supervisor: await prove(supervisor),
        };
        if (present.successor.user.id === present.keeper.user.id)
          throw new AppError('SECOND_PERSON_MISSING', { hint: 'hint.agreement.self' });
        const number = await handOver(context, present, { sha256, differences, remarks });
        return { number };
      } finally {
        for (const person of proven) person.close();
      }
    },
  },
  'office.handovers': {
    phase: 'query',
    run({ sql }, { offset, limit }) {
      const { rows, total } = listOfficeHandovers(sql, offset, limit);
      return { handovers: rows.map(shownHandover), total };
    },
  },
};
