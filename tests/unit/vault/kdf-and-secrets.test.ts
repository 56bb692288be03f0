import { spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { systemRandom } from '../../../electron/platform/random.ts';
import { serveArchive } from '../../../electron/process/serve-archive.ts';
import { databaseAnswers } from '../../../electron/store/self-test.ts';
import { deriveFromSecret, newPhc, PRODUCTION_KDF, parsePhc } from '../../../electron/vault/kdf.ts';
import { proposeSecret } from '../../../electron/vault/secret-proposal.ts';
import { requireGoodSecret, secretProblem } from '../../../electron/vault/secret-rules.ts';
import { failedSelfTests } from '../../../electron/vault/self-test.ts';
import type { FromArchive, ToArchive } from '../../../shared/contract/messages.ts';
import { FAST_KDF } from '../../builders/vault-builder.ts';

const hex = async (secret: string, phc = newPhc(FAST_KDF, { ...systemRandom, bytes: (n) => Buffer.alloc(n, 1) })) =>
  (await deriveFromSecret(secret, parsePhc(phc, FAST_KDF))).slotKey.toString('hex');

describe('known answers', () => {
  it('R72 of all primitives agree with the published ones', async () => {
    expect(await failedSelfTests([['sqlcipher', databaseAnswers]])).toEqual([]);
  });

  it('R72 a program that computes something else opens nothing: every call is refused with what failed', async () => {
    const sent: FromArchive[] = [];
    let call: (message: ToArchive) => void = () => {};
    const channel = {
      send: (message: FromArchive) => void sent.push(message),
      onMessage: (listener: typeof call) => {
        call = listener;
      },
      onClose() {},
    };
    const selfTest = () => failedSelfTests([['sqlcipher', () => false]]);
    serveArchive({ channel, kdf: FAST_KDF, args: [], selfTest });
    expect(sent).toEqual([]);
    await vi.waitFor(() => expect(sent).toEqual([{ kind: 'ready' }]), { timeout: 20_000 });
    call({ kind: 'call', callId: '1', name: 'session.current', input: {}, caller: 'cli' });
    expect(sent.at(-1)).toMatchObject({
      answer: { ok: false, error: { code: 'SELF_TEST_FAILED', params: { names: 'sqlcipher' } } },
    });
  });
});

describe('secret to key', () => {
  it('R06 new slots ask for 256 MiB, 3 passes, 4 lanes and a 16-byte salt', () => {
    const phc = newPhc(PRODUCTION_KDF, systemRandom);
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=262144,t=3,p=4\$[A-Za-z0-9+/]{22}$/);
    expect(parsePhc(phc, PRODUCTION_KDF).salt).toHaveLength(16);
  });

  it.each([
    ['m below 64 MiB', 'm=65535,t=3,p=4'],
    ['m above 1 GiB', 'm=1048577,t=3,p=4'],
    ['m of 4 TiB', 'm=4294967295,t=3,p=4'],
    ['t above 20', 'm=262144,t=21,p=4'],
    ['t of 0', 'm=262144,t=0,p=4'],
    ['p above 8', 'm=262144,t=3,p=9'],
    ['p of 0', 'm=262144,t=3,p=0'],
  ])('R06 %s is refused before anything is allocated', (_, costs) => {
    const before = process.memoryUsage().rss;
    expect(() => parsePhc(`$argon2id$v=19$${costs}$${'A'.repeat(22)}`, PRODUCTION_KDF)).toThrow('VAULT_DAMAGED');
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
  });

  it.each([
    '',
    'argon2id',
    '$argon2i$v=19$m=262144,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=16$m=262144,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=262144,t=3,p=4$',
    '$argon2id$v=19$m=2e5,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA',
  ])('R06 other strings are refused: %s', (phc) =>
    expect(() => parsePhc(phc, PRODUCTION_KDF)).toThrow('VAULT_DAMAGED'),
  );

  it('R06 the lower floor of tests is not reachable from the environment', () => {
    const script = `import { PRODUCTION_KDF } from './electron/vault/kdf.ts'; process.stdout.write(JSON.stringify(PRODUCTION_KDF));`;
    const env = { ...process.env, KDF: 'fast', NODE_ENV: 'test', VITEST: 'true', MEMORY_KIB: '8' };
    const out = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' }).stdout;
    expect(JSON.parse(out)).toEqual({ memoryKiB: 262_144, passes: 3, lanes: 4, minimumMemoryKiB: 65_536 });
  });

  it('R07 character 100 counts, and so does character 1,000', async () => {
    const long = 'x'.repeat(99);
    expect(await hex(`${long}a`)).not.toBe(await hex(`${long}b`));
    expect(await hex(`${'x'.repeat(999)}a`)).not.toBe(await hex(`${'x'.repeat(999)}b`));
  });

  it('R07 composed and decomposed, full-width and half-width forms are the same secret', async () => {
    expect(await hex('café ＡＢＣ')).toBe(await hex('cafe\u0301 ABC'));
  });
});

describe('choosing a secret', () => {
  it('R07 needs 15 characters as people count them and takes 128 and more', () => {
    expect(secretProblem('𠮷野家的石階通向海邊燈塔旁', 's')?.message).toBe('validation.secretTooShort');
    expect(secretProblem('𠮷野家的石階通向海邊燈塔旁小屋', 's')).toBeUndefined();
    expect(secretProblem(proposeSecret(systemRandom).repeat(4).slice(0, 128), 's')).toBeUndefined();
    expect(secretProblem('a b'.repeat(400), 's')?.message).toBe('validation.secretTooLong');
  });

  it.each([
    'passwordpassword',
    'Password1234567',
    'iloveyouiloveyou',
    'correct horse battery',
    '111111111111111',
    '123456789012345',
    'abcdefghijklmnop',
    'qwertyuiopasdfghjkl',
    '1qaz2wsx3edc4rfv',
    'woaini1314 woaini1314',
    'abababababababab',
    'Dossier-Desk 20260105',
    'keeper supervisor 2026',
  ])('R07 refuses the common one %s', (secret) =>
    expect(secretProblem(secret, 's')?.message).toBe('validation.secretCommon'),
  );

  it('R07 refuses the words of the vault', () => {
    const context = { vaultWords: ['永達貿易公司', 'meiling', '林美玲'] };
    expect(secretProblem('永達貿易公司林美玲20260105', 's', context)?.message).toBe('validation.secretCommon');
    expect(secretProblem('永達貿易公司門前的石獅子看著雨', 's', context)).toBeUndefined();
  });

  it('R07 asks a list of the institution', () => {
    const isBlocked = vi.fn((folded: string) => folded.startsWith('木棉'));
    expect(secretProblem('木棉樹下三月的雨停在窗前書架邊', 's', { isBlocked })?.message).toBe(
      'validation.secretCommon',
    );
  });

  it('R07 proposes six words that pass its own rules', () => {
    const proposals = Array.from({ length: 200 }, () => proposeSecret(systemRandom));
    expect(proposals.every((secret) => secret.split(' ').length === 6)).toBe(true);
    expect(proposals.filter((secret) => secretProblem(secret, 's') !== undefined)).toEqual([]);
    expect(new Set(proposals).size).toBe(200);
  });

  it('R05 the refusal does not quote the secret', () => {
    try {
      requireGoodSecret('passwordpassword', 'secret');
      expect.unreachable();
    } catch (thrown) {
      expect(JSON.stringify([thrown, String(thrown), (thrown as Error).stack])).not.toContain('passwordpassword');
    }
  });
});
