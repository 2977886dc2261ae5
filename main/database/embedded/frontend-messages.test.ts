import { describe, expect, it } from 'vitest';
import { queryMessage, SYNC, startupMessage } from './backend-messages.ts';
import { FrontendReader, type FrontendUnit, ProtocolViolation } from './frontend-messages.ts';

function message(code: string, body = ''): Buffer {
  const bytes = Buffer.alloc(5 + body.length);
  bytes.write(code, 'latin1');
  bytes.writeUInt32BE(4 + body.length, 1);
  bytes.write(body, 5, 'latin1');
  return bytes;
}

function request(code: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(8, 0);
  bytes.writeUInt32BE(code, 4);
  return bytes;
}

function startedReader(): FrontendReader {
  const reader = new FrontendReader();
  reader.push(startupMessage());
  return reader;
}

function texts(units: FrontendUnit[]): string[] {
  return units.map((unit) =>
    unit.kind === 'messages' ? `${unit.ends} ${Buffer.from(unit.bytes).toString('latin1')}` : unit.kind,
  );
}

const extended = Buffer.concat([message('P', 'parse'), message('B', 'bind'), message('E', 'run'), SYNC]);

describe('the bytes of a client', () => {
  it('begin with requests for encryption, then the startup', () => {
    const reader = new FrontendReader();
    const bytes = Buffer.concat([request(80877103), request(80877104), startupMessage()]);
    expect(texts(reader.push(bytes))).toEqual(['encryption request', 'encryption request', 'startup']);
  });

  it('may be a request to cancel', () => {
    const body = Buffer.concat([request(80877102), Buffer.alloc(8)]);
    body.writeUInt32BE(16, 0);
    expect(texts(new FrontendReader().push(body))).toEqual(['cancel request']);
  });

  it('are grouped up to Query, Sync and Flush', () => {
    const flushed = Buffer.concat([message('P', 'parse'), message('H')]);
    const units = startedReader().push(
      Buffer.concat([extended, queryMessage('SELECT 1'), flushed, SYNC, message('X')]),
    );
    expect(texts(units)).toEqual([
      `cycle ${extended.toString('latin1')}`,
      `cycle ${Buffer.from(queryMessage('SELECT 1')).toString('latin1')}`,
      `flush ${flushed.toString('latin1')}`,
      `cycle ${Buffer.from(SYNC).toString('latin1')}`,
      'terminate',
    ]);
  });

  it('give the same units in whatever pieces they come', () => {
    const all = Buffer.concat([startupMessage(), extended, extended, queryMessage('SELECT 2'), message('X')]);
    const whole = texts(new FrontendReader().push(all));
    for (const size of [1, 2, 3, 5, 7, 11, 64]) {
      const reader = new FrontendReader();
      const units: FrontendUnit[] = [];
      for (let at = 0; at < all.length; at += size) units.push(...reader.push(all.subarray(at, at + size)));
      expect(texts(units)).toEqual(whole);
    }
  });

  it('leave out the data of a COPY that was refused', () => {
    const reader = startedReader();
    expect(texts(reader.push(Buffer.concat([message('d', 'row'), message('c'), message('f', 'x')])))).toEqual(
      [],
    );
    const inside = Buffer.concat([message('P', 'parse'), message('d', 'row'), message('B', 'bind'), SYNC]);
    expect(texts(reader.push(inside))).toEqual([
      `cycle ${Buffer.concat([message('P', 'parse'), message('B', 'bind'), SYNC]).toString('latin1')}`,
    ]);
  });

  it.each([
    ['a startup packet of no length', Buffer.alloc(8)],
    ['a startup packet of great length', Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0])],
    ['another protocol', request(2 << 16)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('are refused as a startup when they are %s', (_what, bytes) => {
    expect(() => new FrontendReader().push(bytes)).toThrow(ProtocolViolation);
  });

  it.each([
    ['a message of negative length', Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff])],
    ['a message shorter than its length', Buffer.from([0x51, 0, 0, 0, 3])],
    ['a message that clients do not send', message('Z', 'I')],
    ['a password that nobody asked for', message('p', 'secret')],
  ])('are refused when they are %s', (_what, bytes) => {
    expect(() => startedReader().push(bytes)).toThrow(ProtocolViolation);
  });
});
