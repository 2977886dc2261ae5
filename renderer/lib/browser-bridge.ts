import { decode, encode } from '@msgpack/msgpack';
import type { Bridge } from '../../shared/contract/bridge.ts';
import type { Result } from '../../shared/contract/operation.ts';

const unreachable: Result<never> = {
  ok: false,
  error: {
    code: 'INTERNAL',
    message: 'Parley does not answer. Is it still running? Start it again and reload this page.',
  },
};

/** The bridge over HTTP, for the browser host: MessagePack, since chunks of a recording are bytes. */
export function browserBridge(): Bridge {
  let events: EventSource | undefined;
  return {
    operations: new Proxy({} as Bridge['operations'], {
      get: (_, name: string) => (input: unknown) => post(name, input),
    }),
    on(name, listener) {
      events ??= new EventSource('/events');
      const receive = (event: MessageEvent<string>) =>
        listener(JSON.parse(event.data || 'null') ?? undefined);
      events.addEventListener(name, receive);
      return () => events?.removeEventListener(name, receive);
    },
  };
}

async function post(name: string, input: unknown): Promise<Result<never>> {
  try {
    const response = await fetch(`/operations/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/msgpack' },
      body: encode(input, { ignoreUndefined: true }),
    });
    if (response.headers.get('content-type') !== 'application/msgpack') return unreachable;
    return decode(await response.arrayBuffer()) as Result<never>;
  } catch {
    return unreachable;
  }
}
