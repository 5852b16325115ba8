import type { EventStore, RecordedEvent, Version } from './event-store';

/** All events of a stream, page by page, in order. */
export async function* readWholeStream(
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  after: Version = 0,
): AsyncGenerator<RecordedEvent, void, undefined> {
  let from = after;
  for (;;) {
    const page = await store.readStream(stream, { after: from });
    yield* page.events;
    if (page.atEnd) return;
    from = page.next;
  }
}
