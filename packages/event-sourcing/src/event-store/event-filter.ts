import type { EventFilter } from './event-store';

/** Whether an event is one of those that a filter asks for. */
export const isWanted = (
  filter: EventFilter | undefined,
  event: { readonly type: string; readonly stream: string },
): boolean =>
  (filter?.types?.includes(event.type) ?? true) && event.stream.startsWith(filter?.streamPrefix ?? '');
