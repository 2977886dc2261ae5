import type { Visitor } from './visitors.ts';

/** A comment so often: a browser that has gone without a word is noticed, and nothing between gives up waiting. */
const HEARTBEAT_MS = 20_000;

/**
 * The application's events as server-sent events: the name, and the payload as JSON.
 *
 * @param ends aborted when the host closes
 */
export function eventStream(visitor: Visitor, ends: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const unsubscribe = visitor.client.subscribe((name, payload) =>
        write(`event: ${name}\ndata: ${JSON.stringify(payload ?? null)}\n\n`),
      );
      const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
      const close = () => {
        stop();
        controller.close();
      };
      visitor.listening += 1;
      stop = () => {
        stop = () => undefined;
        unsubscribe();
        clearInterval(heartbeat);
        ends.removeEventListener('abort', close);
        visitor.listening -= 1;
      };
      ends.addEventListener('abort', close);
      write('retry: 1000\n\n');
    },
    cancel() {
      stop();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}
