import { describe, expect, it } from '@jest/globals';
import { createProcessingScope, type Permit } from '@mandate/read-models';
import fc from 'fast-check';
import { startProcessor } from './testing/a-processor';
import { aService } from './testing/a-service';
import { ids, sending } from './testing/a-story';
import { permitsBeside } from './testing/permits-beside';

describe('what is not understood', () => {
  it.each<[string, unknown]>([
    ['a field that is misspelt', { ...sending, subProcesorId: ids.contract }],
    ['nothing', undefined],
    ['no object', 'process'],
    ['no fields', {}],
    ['categories that are none', { ...sending, categories: undefined }],
    [
      'a getter that throws',
      {
        ...sending,
        get purpose(): never {
          throw new Error('anna@example.com');
        },
      },
    ],
    ['another operation', { ...sending, operation: 'sell' }],
    ['a list with the fields of a request', Object.assign([], sending)],
    ['a function with the fields of a request', Object.assign(() => true, sending)],
    [
      'no special category, in a field that is not listed',
      Object.defineProperty({ ...sending }, 'special', {
        value: { categories: [], foundIn: 'message-content' },
      }),
    ],
  ])('is denied without throwing: %s', async (_what, request) => {
    const { permits, read } = permitsBeside(await aService());
    await read();
    const asked = request as typeof sending;
    expect(permits.allows(asked)).toBe(false);
    expect(permits.ask(asked)).toMatchObject({ decision: 'deny' });
    expect(JSON.stringify(permits.ask(asked))).not.toContain('anna');
    expect(permits.holds(request as Permit)).toBe(false);
  });

  it('is not allowed by the read model either, for want of a category to deny', async () => {
    const { surroundings } = await aService();
    const scope = createProcessingScope(surroundings.eventStore);
    await scope.catchUp();
    const atMs = Date.parse(surroundings.clock());
    const asked = (categories: unknown) => ({ ...sending, categories }) as Parameters<typeof scope.allows>[0];
    expect(scope.allows(asked(['message-content']), atMs)).toBe(true);
    expect(scope.allows(asked([]), atMs)).toBe(false);
    for (const none of [{}, { length: -1 }, 1])
      expect(() => scope.allows(asked(none), atMs)).toThrow(TypeError);
  });

  it('is so for the quick answer exactly when it is for the full one', async () => {
    const service = await aService();
    const processor = startProcessor(service.surroundings, {}, { staleAfterMs: 600_000 });
    await processor.decide(sending);
    const odd = fc.oneof(
      fc.constantFrom<unknown>(
        ...Object.values(sending),
        undefined,
        null,
        [],
        ['message-content'],
        'sms',
        'delivery',
      ),
      fc.anything(),
    );
    const changes = fc.tuple(
      fc.constantFrom(...Object.keys(sending), 'subProcessorId', 'special', 'other'),
      odd,
    );
    const requests = fc
      .array(changes, { maxLength: 2 })
      .map((changed) => ({ ...sending, ...Object.fromEntries(changed) }));
    let allowed = 0;
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const { decision } = await processor.decide(request);
        if (decision === 'allow') allowed += 1;
        // Whatever the one refuses, the other must not allow.
        expect(processor.permits.allows(request)).toBe(decision === 'allow');
      }),
      { numRuns: 1000 },
    );
    expect(allowed).toBeGreaterThan(0);
  });
});
