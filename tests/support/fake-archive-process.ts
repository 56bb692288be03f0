import { parentChannel } from '../../electron/process/message-pump.ts';

/**
 * A small stand-in for the archive process: speaks its protocol, holds nothing. Names of calls say
 * what it does; `--stubborn` makes it ignore the request to lock.
 */
const channel = parentChannel();
const stubborn = process.argv.includes('--stubborn');
let unlocked = false;
const waiting = new Map<string, (cancelled: boolean) => void>();

channel.onClose(() => process.exit(0));
channel.onMessage((message) => {
  if (message.kind === 'lock') {
    if (!stubborn) process.exit(0);
    return;
  }
  if (message.kind === 'secondStart') return;
  if (message.kind === 'cancel') {
    waiting.get(message.callId)?.(true);
    return;
  }
  const { callId, name, input } = message;
  const answer = (output: unknown): void => channel.send({ kind: 'answer', callId, answer: { ok: true, output } });
  if (name === 'session.touch') return; // never answered
  if (name === 'session.lock') {
    channel.send({ kind: 'event', event: { type: 'locked', reason: 'idle' } });
    answer({});
    setTimeout(() => process.exit(0), 20);
    return;
  }
  if (name === 'audit.verify') {
    channel.send({
      kind: 'event',
      event: { type: 'progress', callId, progress: { phase: 'verify', done: 1, total: 3 } },
    });
    waiting.set(callId, (cancelled) => {
      waiting.delete(callId);
      if (cancelled)
        channel.send({
          kind: 'answer',
          callId,
          answer: { ok: false, error: { code: 'CANCELLED', params: {}, fields: [] } },
        });
    });
    return;
  }
  if (name === 'settings.get') process.abort();
  if (name === 'session.current') {
    answer({ kind: unlocked ? 'desk' : 'closed' });
    return;
  }
  if (name === 'archive.unlock') {
    unlocked = (input as { secret: string }).secret === 'right secret';
    if (unlocked) answer({ kind: 'desk', logDoubt: null });
    else
      channel.send({
        kind: 'answer',
        callId,
        answer: { ok: false, error: { code: 'SECRET_WRONG', params: {}, fields: [] } },
      });
    return;
  }
  answer({
    name,
    input,
    pid: process.pid,
    secret: process.env.DOSSIER_DESK_SECRET ?? process.env.DOSSIER_DESK_RECOVERY_KEY ?? null,
  });
});
channel.send({ kind: 'ready' });
