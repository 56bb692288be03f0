import { PassThrough, Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../electron/hosts/cli/command.ts';
import { COMMANDS } from '../../electron/hosts/cli/commands.ts';
import { runCli } from '../../electron/hosts/cli/run-cli.ts';
import { forkSpawner } from '../../electron/process/spawn-archive.ts';
import { archiveContract } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';

const entry = fileURLToPath(new URL('../support/fake-archive-process.ts', import.meta.url));

const probe: Command = {
  name: 'probe',
  usage: 'WORD',
  summary: 'cli.command.call',
  options: { depth: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(context, { positionals, options }) {
    if (positionals[0] === 'full') throw new AppError('NO_SPACE', { hint: 'hint.freeSpace' });
    if (positionals[0] === 'damaged') return 3;
    if (positionals[0] === 'long') {
      await context.call('archive.status', { directory: '/' });
      await context.call('audit.verify', { deep: false });
    }
    await context.answer({ vault: context.vault, login: context.login, depth: options.depth ?? null }, () => ['plain']);
    return undefined;
  },
};

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function cli(
  args: string[],
  { stdin = '', secret, interruptOn }: { stdin?: string; secret?: string; interruptOn?: RegExp } = {},
): Promise<Run> {
  let out = '';
  let err = '';
  let interrupt = (): void => {};
  const sink = (take: (text: string) => void): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        take(chunk.toString());
        if (interruptOn?.test(chunk.toString()) === true) interrupt();
        done();
      },
    });
  const status = await runCli({
    args,
    commands: [...COMMANDS, probe],
    environment: { LANG: 'en_US.UTF-8', ...(secret === undefined ? {} : { DOSSIER_DESK_SECRET: secret }) },
    stdin: stdin === '' ? new PassThrough().end() : Readable.from([stdin]),
    stdout: sink((text) => {
      out += text;
    }),
    stderr: sink((text) => {
      err += text;
    }),
    spawner: () => forkSpawner(entry, []),
    onInterrupt(listener) {
      interrupt = listener;
      return () => {};
    },
  });
  return { status, out, err };
}

describe('command line', () => {
  it('answers in JSON on stdout and says nothing else', async () => {
    const { status, out, err } = await cli(['probe', 'x', '--json', '--vault', '/v', '--as', 'chen', '--depth', '2']);
    expect({ status, err, answer: JSON.parse(out) }).toEqual({
      status: 0,
      err: '',
      answer: { vault: '/v', login: 'chen', depth: '2' },
    });
  });

  it('options stand before or after the command', async () => {
    expect(JSON.parse((await cli(['--vault', '/v', '--json', 'probe', 'x'])).out).vault).toBe('/v');
  });

  it('without a name the keeper of the own data folder is meant', async () => {
    const { out } = await cli(['probe', 'x', '--json', '--data-folder', '/d']);
    expect(JSON.parse(out)).toMatchObject({ vault: '/d/vault', login: 'keeper' });
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['probe', 'x', '--frobnicate']],
    ['a missing word', ['probe']],
    ['a word too many', ['probe', 'x', 'y']],
    ['an option without its value', ['probe', 'x', '--vault']],
    ['an unknown language', ['probe', 'x', '--locale', 'tlh']],
    ['an operation that does not exist', ['call', 'vault.exportKeys']],
  ])('%s is wrong usage: 2', async (_what, args) => {
    const { status, out, err } = await cli(args);
    expect([status, out]).toEqual([2, '']);
    expect(err).not.toBe('');
  });

  it('--help is an answer, in the language asked for', async () => {
    const { status, out } = await cli(['--help', '--locale', 'zh-Hant']);
    expect(status).toBe(0);
    expect(out).toContain('用法');
    expect((await cli(['probe', '--help'])).out).toContain('probe WORD');
  });

  it('with --json an error is one object on stderr', async () => {
    const { status, out, err } = await cli(['probe', 'full', '--json']);
    expect([status, out]).toEqual([6, '']);
    const { error } = JSON.parse(err);
    expect(Object.keys(error)).toEqual(['code', 'message', 'fields', 'hint']);
    expect(error.code).toBe('NO_SPACE');
    expect(error.message).not.toContain('error.');
  });

  it('a command may end with a status that is no error', async () => {
    expect((await cli(['probe', 'damaged'])).status).toBe(3);
  });

  it('operations lists every one of the archive with its schemas', async () => {
    const list = JSON.parse((await cli(['operations', '--json'])).out) as { name: string; input: { type?: string } }[];
    expect(list.map(({ name }) => name)).toEqual(Object.keys(archiveContract));
    for (const { input } of list) expect(input).toMatchObject({ type: 'object' });
  });
});

describe('call', () => {
  it('opens the archive with the secret of the environment and runs one operation', async () => {
    const { status, out } = await cli(['call', 'desk.overview', '{}', '--json'], { secret: 'right secret' });
    expect([status, JSON.parse(out).name]).toEqual([0, 'desk.overview']);
  });

  it('takes the secret from the first line of standard input, the input from the rest', async () => {
    const { out } = await cli(['call', 'customers.get', '-', '--json'], {
      stdin: 'right secret\n{"number":\n"E-1"}\n',
    });
    expect(JSON.parse(out)).toMatchObject({ name: 'customers.get', input: { number: 'E-1' } });
  });

  it('a wrong secret is 8, none at all is wrong usage', async () => {
    expect((await cli(['call', 'desk.overview'], { secret: 'wrong' })).status).toBe(8);
    expect((await cli(['call', 'desk.overview'])).status).toBe(2);
  });

  it('input that is no JSON is 1', async () => {
    expect((await cli(['call', 'session.current', '{'])).status).toBe(1);
  });

  it('R05 the secret appears nowhere in what is written', async () => {
    const { out, err } = await cli(['call', 'desk.overview', '--json'], { secret: 'canary secret' });
    expect(out + err).not.toContain('canary');
  });

  it('call - answers every line in order, also those that fail', async () => {
    const lines = [
      '{"op":"customers.get","input":{"number":"E-1"}}',
      'not json',
      '{"op":"vault.exportKeys"}',
      '{"op":"desk.overview","role":"supervisor"}',
      '',
      '{"op":"customers.get","input":{"number":"E-2"}}',
    ];
    const { status, out } = await cli(['call', '-'], { stdin: `right secret\n${lines.join('\n')}\n` });
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, false, false, true]);
    expect(answers[0].output.input).toEqual({ number: 'E-1' });
    expect(answers[1].error).toMatchObject({ code: 'INPUT_INVALID', message: expect.any(String) });
    expect(answers[4].output.input).toEqual({ number: 'E-2' });
  });

  it('Ctrl-C cancels what runs: 130', async () => {
    expect((await cli(['probe', 'long'], { interruptOn: /1 \/ 3/ })).status).toBe(130);
  });
});
