// Proves an exported audit log of Dossier Desk on any machine with plain Node.js 20 or newer. It shares no code with the program that writes
// the log; formats: RFC 8785 (canonical JSON), RFC 6962 (tree hash), RFC 8032 (Ed25519), C2SP signed note and tlog-checkpoint.
//
//   node verify-log.mjs log.txt keys.json [--checkpoint NOTE]... [--code CODE]... [--json]
//
// log.txt     a line an entry: number, chain value (hex), signature (base64), the entry's JSON exactly as it was signed
// keys.json   { "vault": …, "keys": { "<16 hex digits>": "<public key, base64>" } }
// NOTE, CODE  checkpoints that left the machine, as a file or as the 25 characters on paper; they show cut ends and rewritten logs
// Exit: 0 proved · 1 cannot be read · 2 wrong usage · 3 not proved (the first bad entry is named)
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const FIELDS = 'actor app boot data hwm key obj outcome role seq ts type up v why'.split(' ');
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const tag = (byte) => Buffer.from([byte]);

/** A failure that names the entry and what is wrong with it: hash, gap, order, truncation, fork, signature, unknown key, form. */
class Bad extends Error {
  constructor(seq, kind, detail) {
    super(detail);
    this.seq = seq;
    this.kind = kind;
  }
}

/** RFC 8785 for what entries may hold: strings, whole numbers, booleans, lists, objects. Undefined for anything else. */
function canonical(value) {
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  if (Array.isArray(value)) {
    const items = value.map(canonical);
    return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const members = Object.keys(value)
    // By UTF-16 code units, as RFC 8785 §3.2.3 asks.
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => [JSON.stringify(name), canonical(value[name])]);
  return members.some(([, member]) => member === undefined)
    ? undefined
    : `{${members.map((member) => member.join(':')).join(',')}}`;
}

function parseEntry(text, seq) {
  let entry;
  try {
    entry = JSON.parse(text);
  } catch {
    throw new Bad(seq, 'form', 'the entry is no JSON');
  }
  if (canonical(entry) !== text) throw new Bad(seq, 'form', 'the entry is not in canonical form');
  if (typeof entry !== 'object' || Object.keys(entry).join(' ') !== FIELDS.join(' '))
    throw new Bad(seq, 'form', 'the entry has other fields than an entry has');
  if (entry.v !== 1) throw new Bad(seq, 'form', 'unknown version of the entry');
  if (!INSTANT.test(entry.ts) || !INSTANT.test(entry.hwm) || entry.hwm < entry.ts)
    throw new Bad(seq, 'form', 'the times of the entry do not fit');
  if (!['ok', 'refused', 'failed'].includes(entry.outcome)) throw new Bad(seq, 'form', 'unknown outcome');
  return entry;
}

/** RFC 6962 tree hash, entry by entry: the tops of the full subtrees from left to right. */
class Tree {
  #tops = [];
  #size = 0;
  add(leaf) {
    let top = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) top = sha256(tag(1), this.#tops.pop(), top);
    this.#tops.push(top);
    this.#size += 1;
  }
  root() {
    if (this.#tops.length === 0) return sha256();
    return this.#tops.reduceRight((right, left) => sha256(tag(1), left, right));
  }
}

function publicKeyOf(raw) {
  return createPublicKey({ key: Buffer.concat([ED25519_SPKI, raw]), format: 'der', type: 'spki' });
}

function readKeys(path) {
  const { keys } = JSON.parse(readFileSync(path, 'utf8'));
  const read = new Map();
  for (const [id, base64] of Object.entries(keys)) {
    const raw = Buffer.from(base64, 'base64');
    if (raw.length !== 32 || raw.subarray(0, 8).toString('hex') !== id)
      throw new Error(`keys.json: ${id} is no key of that name`);
    read.set(id, { raw, key: publicKeyOf(raw) });
  }
  return read;
}

/** C2SP signed note: the text, a blank line, signature lines `— name base64(4 bytes of the key's hash ‖ signature)`. */
function readCheckpoint(path) {
  const note = readFileSync(path, 'utf8');
  const end = note.indexOf('\n\n');
  const text = note.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  if (end < 0 || !/^\d{1,15}$/.test(size) || Buffer.from(root, 'base64').length !== 32)
    throw new Error(`${path} is no checkpoint`);
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => {
      const parts = /^— (\S+) (\S+)$/.exec(line);
      if (parts === null) return [];
      const bytes = Buffer.from(parts[2], 'base64');
      return [{ name: parts[1], hash: bytes.subarray(0, 4), signature: bytes.subarray(4) }];
    });
  return { text, origin, size: Number(size), root: Buffer.from(root, 'base64').toString('hex'), signatures, path };
}

function judgeCheckpoint(checkpoint, logKey) {
  const id = sha256(`${checkpoint.origin}\n`, tag(1), logKey.raw).subarray(0, 4);
  const signed = checkpoint.signatures.some(
    ({ name, hash, signature }) =>
      name === checkpoint.origin &&
      hash.equals(id) &&
      verify(null, Buffer.from(checkpoint.text), logKey.key, signature),
  );
  if (!signed) throw new Bad(checkpoint.size, 'signature', `${checkpoint.path} is not signed by the log's key`);
}

/** The 25 characters on paper: the first 125 bits of SHA-256 of the checkpoint's text. */
function codeOf(text) {
  let bits = BigInt(`0x${sha256(text).subarray(0, 16).toString('hex')}`) >> 3n;
  let code = '';
  for (let at = 0; at < 25; at += 1, bits >>= 5n) code = CROCKFORD[Number(bits & 31n)] + code;
  return code;
}
const typedCode = (typed) => typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

async function verifyLog(logPath, keys, checkpoints, codes) {
  const lines = createInterface({ input: createReadStream(logPath, 'utf8'), crlfDelay: 0 });
  const tree = new Tree();
  const bySize = new Map();
  for (const checkpoint of checkpoints)
    bySize.set(checkpoint.size, [...(bySize.get(checkpoint.size) ?? []), checkpoint]);
  const waiting = new Set(codes);
  const lastSignedBy = new Map();
  let chain = Buffer.alloc(32);
  let size = 0;
  let highest = '';
  let logKey;
  let vouched = 0;

  for await (const line of lines) {
    const parts = /^(\d{1,15}) ([0-9a-f]{64}) ([A-Za-z0-9+/]{86}==) (.+)$/.exec(line);
    if (parts === null) throw new Bad(size, 'form', 'the line is not one of a log');
    const [, number, chainHex, signature, text] = parts;
    if (Number(number) !== size)
      throw new Bad(size, Number(number) < size ? 'order' : 'gap', `entry ${number} stands here`);
    const entry = parseEntry(text, size);
    const leaf = sha256(tag(0), text);
    chain = sha256(tag(2), chain, leaf);
    if (entry.seq !== size) throw new Bad(size, 'order', `the entry says it is number ${entry.seq}`);
    if (chain.toString('hex') !== chainHex) throw new Bad(size, 'hash', 'its chain value does not follow');
    const signer = keys.get(entry.key);
    if (signer === undefined) throw new Bad(size, 'unknown key', entry.key);
    const message = Buffer.concat([Buffer.from('archive-audit-entry/v1\n'), chain]);
    if (!verify(null, message, signer.key, Buffer.from(signature, 'base64')))
      throw new Bad(size, 'signature', 'the signature does not hold');
    if (entry.hwm < highest) throw new Bad(size, 'form', 'the highest time falls');
    highest = entry.hwm;
    if (size === 0) {
      if (entry.type !== 'vault.genesis') throw new Bad(0, 'truncation', 'the log does not begin with its first entry');
      const raw = Buffer.from(String(entry.data.logKey ?? ''), 'base64');
      logKey = raw.length === 32 ? { raw, key: publicKeyOf(raw) } : undefined;
      if (logKey === undefined) throw new Bad(0, 'form', 'the first entry names no log key');
    }
    tree.add(leaf);
    size += 1;
    lastSignedBy.set(`${entry.actor} ${entry.key}`, size - 1);
    const here = bySize.get(size) ?? [];
    if (here.length > 0 || waiting.size > 0) {
      const root = tree.root();
      for (const checkpoint of here) {
        judgeCheckpoint(checkpoint, logKey);
        if (root.toString('hex') !== checkpoint.root)
          throw new Bad(
            vouched,
            'fork',
            `from entry ${vouched} on it is another log than the one ${checkpoint.path} saw`,
          );
        vouched = size;
      }
      // A code says neither size nor name: tried at every place, for the origin that the notes or the keys file give.
      for (const code of waiting)
        for (const origin of originsOf(checkpoints))
          if (codeOf(`${origin}\n${size}\n${root.toString('base64')}\n`) === code) {
            waiting.delete(code);
            vouched = size;
          }
    }
  }
  if (size === 0) throw new Bad(0, 'truncation', 'the log is empty');
  for (const checkpoint of checkpoints)
    if (checkpoint.size > size)
      throw new Bad(size, 'truncation', `${checkpoint.path} saw ${checkpoint.size} entries, here are ${size}`);
  if (waiting.size > 0) throw new Bad(size, 'fork', `no place of this log has the code ${[...waiting].join(', ')}`);
  return {
    ok: true,
    entries: size,
    chain: chain.toString('hex'),
    root: tree.root().toString('hex'),
    vouched,
    highest,
    lastSignedBy: Object.fromEntries(lastSignedBy),
  };
}

let origin = '';
const originsOf = (checkpoints) =>
  new Set([...checkpoints.map((one) => one.origin), ...(origin === '' ? [] : [origin])]);

async function main(args) {
  const files = [];
  const checkpoints = [];
  const codes = [];
  let json = false;
  for (let at = 0; at < args.length; at += 1) {
    if (args[at] === '--checkpoint') checkpoints.push(readCheckpoint(args[++at] ?? ''));
    else if (args[at] === '--code') codes.push(typedCode(args[++at] ?? ''));
    else if (args[at] === '--json') json = true;
    else files.push(args[at]);
  }
  if (files.length !== 2) {
    process.stderr.write(
      'usage: node verify-log.mjs log.txt keys.json [--checkpoint NOTE]... [--code CODE]... [--json]\n',
    );
    return 2;
  }
  const keys = readKeys(files[1]);
  origin = String(JSON.parse(readFileSync(files[1], 'utf8')).origin ?? '');
  try {
    const proved = await verifyLog(files[0], keys, checkpoints, codes);
    const tail = proved.entries - proved.vouched;
    process.stdout.write(
      json
        ? `${JSON.stringify(proved)}\n`
        : `The log holds: ${proved.entries} entries, chain ${proved.chain}\n${tail} of them after the last checkpoint given here.\n`,
    );
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Bad)) throw thrown;
    const { seq, kind, message } = thrown;
    process.stdout.write(
      json
        ? `${JSON.stringify({ ok: false, firstBad: { seq, kind, detail: message } })}\n`
        : `NOT PROVED. First bad entry: ${seq} (${kind}): ${message}\n`,
    );
    return 3;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = 1;
}
