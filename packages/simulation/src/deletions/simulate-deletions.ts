import fc from 'fast-check';
import type { SimulationResult } from '@mandate/event-sourcing/testing';
import { textOf } from './canaries';
import { placesOfCanaries } from './canary-checks';
import { complaintsAboutCertificates, complaintsWhenIssued } from './certificate-checks';
import { complaintsAboutData } from './data-checks';
import { endByAgreement, engage, happen } from './happen';
import { begin, runOnce, type Life } from './life';
import { deletionMutants, rightParts, type DeletionMutant, type Parts } from './mutants';
import { dayOf } from './names';
import { complaintsAboutOrder } from './order-checks';
import { plans, type Plan } from './plan';
import { complaintsAtRest, complaintsAtTheEnd, isHopeless } from './rest-checks';
import { lookAtLog } from './seen';
import { createWorld, hear, type World } from './world';

interface DeletionSimulationRequest {
  readonly seed: number;
  readonly mutant?: DeletionMutant;
  /** Whether to look for the smallest plan that breaks a promise, which takes longer. Default false. */
  readonly shrink?: boolean;
}

/** How often anything may be done before a run counts as one that does not end. */
const stepsMax = 400;

/** How often a person has everything tried again that waits for one; by then no store has a planned answer left. */
const personsTriesMax = 12;

/** A simulation under way: the process that lives, and those that come after it. */
interface Course {
  readonly world: World;
  readonly lives: Plan['lives'][number][];
  life: Life;
  steps: number;
  day: number;
  personsTries: number;
}

/** What people do on a day, at ten in the morning. */
const doOnDay = async (world: World, day: number): Promise<void> => {
  for (const [index, contract] of world.plan.contracts.entries())
    if (contract.end === 'by-agreement' && contract.endsOnDay === day)
      await endByAgreement(world, index + 1, contract);
  for (const happening of world.plan.happenings)
    if ('day' in happening.when && happening.when.day === day) await happen(world, happening);
};

const daysOf = ({ contracts, happenings }: Plan): readonly number[] => [
  ...contracts.flatMap(({ end, endsOnDay }) => (end === 'by-agreement' ? [endsOnDay] : [])),
  ...happenings.flatMap(({ when }) => ('day' in when ? [when.day] : [])),
];

/** Runs until nothing is due, starting anew as often as it takes. */
const comeToRest = async (course: Course): Promise<void> => {
  for (; course.steps < stepsMax; course.steps += 1) {
    const outcome = await runOnce(course.world, course.life);
    if (outcome === 'at-rest') return;
    if (outcome !== 'dead') continue;
    course.world.deaths += 1;
    course.life = begin(course.world, course.lives.shift() ?? []);
    // What hung while that process lived answers now that it is gone.
    course.world.stores.wake();
  }
};

/** Lets time pass to what comes next: a day on which people do something, or a moment at which something is due. */
const passTime = async (course: Course): Promise<boolean> => {
  const { world, life } = course;
  const day = daysOf(world.plan)
    .filter((each) => each > course.day)
    .toSorted((one, other) => one - other)[0];
  const dueAt = life.processor.deletions.nextDueAt();
  if (day === undefined && dueAt === undefined) return false;
  const isDayNext = day !== undefined && (dueAt === undefined || dayOf(day) <= dueAt);
  const next = isDayNext ? dayOf(day) : (dueAt ?? dayOf(0));
  world.time.pass(Math.max(0, Date.parse(next) - Date.parse(world.time.clock())));
  if (!isDayNext) return true;
  course.day = day;
  await doOnDay(world, day);
  return true;
};

/** A person has everything tried again that waits for one. */
const haveTriedAgain = async (course: Course): Promise<boolean> => {
  const { world, life } = course;
  const parked = life.processor.deletions.outstanding().filter((one) => one.parked !== undefined);
  const isInVain = course.personsTries > 0 && parked.every((one) => isHopeless(world, one));
  if (parked.length === 0 || isInVain || course.personsTries >= personsTriesMax) return false;
  course.personsTries += 1;
  for (const { contractId, effectId } of parked)
    await life.processor.deletions
      .retry(contractId, effectId)
      .catch((error: unknown) => hear(world, { error }));
  return true;
};

const check = async ({ world, life }: Course): Promise<void> => {
  const seen = await lookAtLog(world);
  for (const complaint of [
    ...complaintsAtRest(world, life.processor, seen),
    ...(await complaintsAboutData(world, seen)),
  ])
    world.complaints.add(complaint);
};

/** Whoever starts anew sees the same. */
const compareWithSuccessor = async (course: Course): Promise<void> => {
  const before = textOf([
    course.life.processor.deletions.overview(),
    course.life.processor.deletions.outstanding(),
  ]);
  // Nothing happens any more, at whichever call.
  course.world.calls = Infinity;
  const successor = begin(course.world, []);
  const outcome = await runOnce(course.world, successor);
  const after = textOf([
    successor.processor.deletions.overview(),
    successor.processor.deletions.outstanding(),
  ]);
  if (outcome !== 'at-rest' || before !== after)
    course.world.complaints.add('a process that starts anew sees something else');
};

/** What is looked at once everything is over. */
const checkTheEnd = async (course: Course): Promise<void> => {
  const { world, life } = course;
  await compareWithSuccessor(course);
  const seen = await lookAtLog(world);
  for (const complaint of [
    ...complaintsAtTheEnd(world, life.processor),
    ...complaintsAboutCertificates(world, seen),
    ...(await placesOfCanaries(world)),
  ])
    world.complaints.add(complaint);
};

/** Concludes all contracts, and starts the first process. */
const beginCourse = async (plan: Plan, parts: Parts): Promise<Course> => {
  const world = createWorld(plan, parts, {
    order: complaintsAboutOrder,
    certificate: complaintsWhenIssued,
  });
  for (const [index, contract] of plan.contracts.entries()) await engage(world, index + 1, contract);
  const [first = [], ...lives] = plan.lives;
  return { world, lives, life: begin(world, first), steps: 0, day: 0, personsTries: 0 };
};

/** Runs a plan to its end, or to the first moment at which something is wrong. What is wrong the world says. */
export const runDeletions = async (plan: Plan, parts: Parts = rightParts): Promise<World> => {
  const course = await beginCourse(plan, parts);
  const { world } = course;
  do {
    await comeToRest(course);
    if (course.steps >= stepsMax) world.complaints.add('the run does not end');
    else await check(course);
    if (world.complaints.size > 0) return world;
  } while ((await passTime(course)) || (await haveTriedAgain(course)));
  await checkTheEnd(course);
  return world;
};

const partsOf = (mutant: DeletionMutant | undefined): Parts =>
  mutant === undefined ? rightParts : { ...rightParts, ...deletionMutants[mutant]() };

const property = (mutant: DeletionMutant | undefined): fc.IAsyncPropertyWithHooks<[Plan]> =>
  fc.asyncProperty(plans, async (plan) => {
    const { complaints } = await runDeletions(plan, partsOf(mutant));
    if (complaints.size > 0) throw new Error([...complaints].join('; '));
  });

/**
 * One deterministic run of deletions through the facade: contracts that end, data that comes late, laws, returns, erasers
 * that fail, hang, lie and come late, faults and crashes at any call, all from one seed. Whenever nothing is due, what the
 * library says is compared with what is true.
 */
export const simulateDeletions = async ({
  seed,
  mutant,
  shrink = false,
}: DeletionSimulationRequest): Promise<SimulationResult> => {
  const details = await fc.check(property(mutant), {
    ...{ seed, numRuns: 1, endOnFailure: !shrink },
    plugins: [fc.unbiased()],
  });
  if (!details.failed) return { outcome: 'held' };
  const { errorInstance } = details;
  const complaint = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { outcome: 'broken', complaint, report: fc.defaultReportMessage(details) };
};
