import { strict as assert } from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import { decide, type ProcessingRequest } from '../processing-decision';
import { evolveScope, type ContractScope } from '../processing-scope';
import { decideNaively, inquiries, knownOf, runs, shifted, type History, type Question } from '../testing';
import { isWithin } from '../vocabulary';
import type { ScopeCells } from './cells';
import { cellsAt, cellsOf } from './cells-of';

type CellsFor = (history: History, question: Question) => ScopeCells;

const none: ScopeCells = { processing: [], custody: [] };

const scopeOf = (events: readonly MandateEvent[]): ContractScope | undefined =>
  events.reduce<ContractScope | undefined>((before, event) => evolveScope(before, event), undefined);

const cellsOfEvents = (events: readonly MandateEvent[]): ScopeCells => {
  const scope = scopeOf(events);
  return scope === undefined ? none : cellsOf(scope);
};

const cellsFor: CellsFor = (history, { request, knownAt }) =>
  cellsOfEvents(knownOf(history, request.contractId, knownAt));

/** Whether the cells can tell: they are of the processor itself, and of content without special categories. */
const isTold = (request: ProcessingRequest): boolean =>
  request.operation !== 'process' || (request.subProcessorId === undefined && request.special === undefined);

const basesIn = (cells: ScopeCells, { request, validAt }: Question): readonly object[] => {
  if (request.operation !== 'process') {
    const { operation, contractId, dataSetId } = request;
    return cells.custody
      .filter((cell) => cell.operation === operation && cell.dataSetId === dataSetId)
      .filter(({ interval }) => isWithin(interval, validAt))
      .map(({ documentDigest }) => ({ kind: 'contract', contractId, operation, documentDigest }));
  }
  return [...new Set(request.categories)].flatMap((category) =>
    cells.processing
      .filter((cell) =>
        (['purpose', 'channel', 'dataSetId', 'country'] as const).every(
          (name) => cell[name] === request[name],
        ),
      )
      .filter((cell) => cell.category === category && isWithin(cell.interval, validAt))
      .map(({ instructionId, version, clause, evidenceDigest }) => ({
        ...{ kind: 'instruction', instructionId, version, clause, category, evidenceDigest },
      })),
  );
};

/** Fails where the cells do not say what the rules say, or two cells say something about the same. */
const agreement = (cellsOfQuestion: CellsFor) =>
  fc.property(inquiries({ commandsMax: 20 }), ({ history, questions }) => {
    for (const question of questions.filter(({ request }) => isTold(request))) {
      const { request, validAt, knownAt } = question;
      const decision = decide(request, scopeOf(knownOf(history, request.contractId, knownAt)), validAt);
      const bases = basesIn(cellsOfQuestion(history, question), question);
      const needed = request.operation === 'process' ? new Set(request.categories).size : 1;
      assert.equal(bases.length === needed ? 'allow' : 'deny', decision.decision);
      assert.equal(decideNaively(history, request, question).decision, decision.decision);
      assert.ok(bases.length <= needed);
      if (decision.decision === 'allow') assert.deepEqual(bases, decision.bases);
    }
  });

const inAnyOrder = ({ processing, custody }: ScopeCells): readonly string[] =>
  [...processing, ...custody].map((cell) => JSON.stringify(cell)).toSorted();

/** Fails where the cells at an instant are others than those of all time that hold then. */
const holdingThen = (cellsThen: typeof cellsAt) =>
  fc.property(inquiries({ commandsMax: 20 }), ({ history, questions }) => {
    for (const { request, validAt, knownAt } of questions) {
      const scope = scopeOf(knownOf(history, request.contractId, knownAt));
      if (scope === undefined) continue;
      const { processing, custody } = cellsOf(scope);
      const holding = {
        processing: processing.filter(({ interval }) => isWithin(interval, validAt)),
        custody: custody.filter(({ interval }) => isWithin(interval, validAt)),
      };
      assert.deepEqual(inAnyOrder(cellsThen(scope, validAt)), inAnyOrder(holding));
    }
  });

const closedBounds: CellsFor = (history, question) => {
  const { processing, custody } = cellsFor(history, question);
  const widened = <Cell extends ScopeCells['custody'][number] | ScopeCells['processing'][number]>(
    cell: Cell,
  ): Cell => {
    const { from, until } = cell.interval;
    return until === undefined ? cell : { ...cell, interval: { from, until: shifted(until, 1) } };
  };
  return { processing: processing.map(widened), custody: custody.map(widened) };
};

const ignoringSuspensions: CellsFor = (history, { request, knownAt }) =>
  cellsOfEvents(
    knownOf(history, request.contractId, knownAt).filter(({ type }) => type !== 'ContractSuspended'),
  );

const followingOtherContracts: CellsFor = (history, question) => {
  const { contractId } = question.request;
  const moved = history.map(({ recordedAt, event }) => ({
    recordedAt,
    event: event.type === 'InstructionIssued' ? { ...event, data: { ...event.data, contractId } } : event,
  }));
  return cellsFor(moved, question);
};

describe('the cells of a scope', () => {
  it('say what the rules say, each once, and rest on the same clauses', () => {
    fc.assert(agreement(cellsFor), runs(150));
  });

  it('are put together where nothing changes, and are never empty', () => {
    fc.assert(
      fc.property(inquiries({ commandsMax: 20, questionsMax: 1 }), ({ history, questions }) => {
        for (const question of questions) {
          const { processing } = cellsFor(history, question);
          const begins = new Set(
            processing.map(({ interval, ...cell }) => JSON.stringify([cell, interval.from])),
          );
          for (const { interval, ...cell } of processing) {
            assert.ok(interval.until === undefined || interval.from < interval.until);
            assert.ok(!begins.has(JSON.stringify([cell, interval.until])));
          }
        }
      }),
      runs(80),
    );
  });

  it('at an instant are those of all time that hold then', () => {
    fc.assert(holdingThen(cellsAt), runs(80));
  });

  it.each<{ title: string; mistaken: typeof cellsAt }>([
    { title: 'those of a millisecond later', mistaken: (scope, at) => cellsAt(scope, shifted(at, 1)) },
    {
      title: 'intervals that begin at the instant',
      mistaken: (scope, at) => {
        const { processing, custody } = cellsAt(scope, at);
        return {
          custody,
          processing: processing.map((cell) => ({ ...cell, interval: { ...cell.interval, from: at } })),
        };
      },
    },
  ])('at an instant are found out to be wrong with $title', ({ mistaken }) => {
    const found = fc.check(holdingThen(mistaken), { numRuns: 1500, seed: 7, endOnFailure: true });
    expect(found.failed).toBe(true);
  });

  it.each([
    { title: 'closed bounds', mistaken: closedBounds },
    { title: 'a suspension that is ignored', mistaken: ignoringSuspensions },
    { title: 'an instruction of another contract', mistaken: followingOtherContracts },
  ])('are found out to be wrong with $title', ({ mistaken }) => {
    const found = fc.check(agreement(mistaken), { numRuns: 1500, seed: 7, endOnFailure: true });
    expect(found.failed).toBe(true);
  });
});
