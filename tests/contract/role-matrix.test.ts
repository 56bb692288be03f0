import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchiveOperationName, archiveContract } from '../../shared/contract/contract.ts';
import type { Operation, SessionKind } from '../../shared/contract/operation.ts';
import { ROLES, type Role } from '../../shared/domain/roles.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

const OPERATIONS = Object.entries(archiveContract) as [ArchiveOperationName, Operation][];
const SESSIONS: readonly SessionKind[] = ['closed', 'desk', 'handover', 'lookup'];

let archive: TestArchive;
beforeAll(async () => {
  archive = await openTestArchive();
});
afterAll(() => archive.close());

/** The session as it would be for this role, without its key ceremony: the dispatcher looks at nothing else. */
function pose(kind: SessionKind, role: Role): void {
  const { session } = archive.surroundings;
  const opened = archive.archive;
  session.kind = kind;
  session.actor = kind === 'handover' ? null : { ...opened.deskActor, role };
  session.lookup =
    kind === 'lookup'
      ? {
          id: 0,
          purpose: 'matrix',
          startedAt: '',
          expiresAt: '',
          expiresMonotonicMs: Number.MAX_SAFE_INTEGER,
          searches: [],
          records: new Set(),
        }
      : null;
}

/** What the contract says of a cell; `through` means that authorisation lets it pass. */
function expected(operation: Operation, kind: SessionKind, role: Role): string {
  if (!operation.sessions.includes(kind))
    return kind === 'closed' ? 'LOCKED' : kind === 'desk' ? 'CONFLICT' : 'LOOKUP_ONLY';
  if (kind !== 'desk' && kind !== 'lookup') return 'through';
  return operation.roles.includes(role) ? 'through' : 'ROLE_REFUSED';
}

/** An input that no schema takes: what passes authorisation stops right after it and does nothing. */
const UNFIT = { 'no such key': true };

describe('R17 role × operation × session', () => {
  for (const kind of SESSIONS)
    for (const role of ROLES)
      it(`${kind} · ${role}: every operation is let through or refused as the contract says`, async () => {
        for (const [name, operation] of OPERATIONS) {
          pose(kind, role);
          const answer = await archive.answer(name, UNFIT);
          const outcome = answer.ok ? 'answered' : answer.error.code;
          const wanted = expected(operation, kind, role);
          if (wanted === 'through') expect(outcome, name).toBe('INPUT_INVALID');
          else expect(outcome, name).toBe(wanted);
        }
        pose('desk', 'keeper');
      });

  it('role, user or approval in the input have no effect', async () => {
    pose('lookup', 'businessManager');
    const answer = await archive.answer('customers.create', {
      kind: 'enterprise',
      values: {},
      role: 'keeper',
      approved: true,
    });
    pose('desk', 'keeper');
    expect(answer.ok ? '' : answer.error.code).toBe('LOOKUP_ONLY');
  });

  it('in a lookup nothing can be written, printed, saved or exported', () => {
    const possible = OPERATIONS.filter(([, operation]) => operation.sessions.includes('lookup')).map(([name]) => name);
    const commands = possible.filter((name) => archiveContract[name].kind === 'command');
    expect(commands.sort()).toEqual(['lookup.backToDesk', 'lookup.end', 'session.lock']);
    expect(possible.length).toBeLessThanOrEqual(15);
  });

  it('every refused attempt is in the log', async () => {
    pose('desk', 'auditor');
    const before = archive.archive.audit.size();
    const answer = await archive.answer('customers.create', { kind: 'enterprise', values: {} });
    pose('desk', 'keeper');
    expect(answer.ok).toBe(false);
    const [entry] = archive.archive.audit.list({ limit: 1 }).entries;
    expect(archive.archive.audit.size()).toBe(before + 1);
    expect(entry).toMatchObject({ type: 'card.create', outcome: 'refused', role: 'auditor' });
  });
});
