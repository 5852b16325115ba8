import {
  createInMemoryCertificateStore,
  createInMemoryEventStore,
  createInMemoryKeyStore,
  createProcessor,
  createVault,
  instantOf,
  masterKeyFromBytes,
  type Clock,
  type Processor,
} from '@mandate/processor';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { giveCommand, optionsFor } from './chapters/given-commands';
import { virtualClockAt } from './platform/virtual-clock';
import { untilRead, type EntrustedList } from './reading/data-sets-file';
import type { DatedCommand } from './reading/dated-commands';
import type { Input } from './reading/input';
import { InputProblem, type InputFinding } from './reading/input-problem';
import { findingsOfInvalid, findingsOfList } from './reading/unusable-results';

/** A processor that forgets everything. */
const processorInMemory = (clock: Clock): Processor =>
  createProcessor({
    eventStore: createInMemoryEventStore({ clock }),
    vault: createVault({
      keyStore: createInMemoryKeyStore(),
      masterKey: masterKeyFromBytes(randomBytes(32)),
      clock,
    }),
    certificates: createInMemoryCertificateStore(),
    signingKey: generateKeyPairSync('ed25519').privateKey,
    erasers: {},
    clock,
  });

interface Findings {
  /** What cannot be understood. */
  readonly invalid: InputFinding[];
  /** Lists that are not taken in. A command may be refused: that is part of the story. */
  readonly refused: InputFinding[];
}

class Rehearsal {
  readonly findings: Findings = { invalid: [], refused: [] };
  readonly #clock = virtualClockAt(instantOf(0));
  readonly #processor = processorInMemory(this.#clock.now);
  #commands: readonly DatedCommand[];

  constructor(commands: readonly DatedCommand[]) {
    this.#commands = commands;
  }

  async giveCommands(isDue: (command: DatedCommand) => boolean): Promise<void> {
    for (let [next] = this.#commands; next !== undefined && isDue(next); [next] = this.#commands) {
      this.#commands = this.#commands.slice(1);
      this.#clock.moveTo(next.at);
      const result = await giveCommand(this.#processor, next);
      if (result.outcome === 'invalid') this.findings.invalid.push(...findingsOfInvalid(next, result));
    }
  }

  async entrust(list: EntrustedList): Promise<void> {
    this.#clock.moveTo(list.at);
    const options = optionsFor(list.name, list.actor);
    const result = await this.#processor.dataSets.entrust({ ...list.data, ...untilRead }, options);
    if (result.outcome === 'accepted') return;
    this.findings[result.outcome].push(...findingsOfList(list, result));
  }

  close(): Promise<void> {
    return this.#processor.close();
  }
}

/**
 * Tells what is in the input to a processor in memory, in the order and at the times of the story. What only the
 * library can notice is found that way before anything is recorded or stored. Throws an `InputProblem`.
 */
export const rehearse = async ({ commands, lists }: Input): Promise<void> => {
  const rehearsal = new Rehearsal(commands);
  try {
    for (const list of lists) {
      await rehearsal.giveCommands(({ at }) => at <= list.at);
      await rehearsal.entrust(list);
    }
    await rehearsal.giveCommands(() => true);
  } finally {
    await rehearsal.close();
  }
  const { invalid, refused } = rehearsal.findings;
  // A command that is not understood may be why a list is refused: the cause is enough.
  const findings = invalid.length > 0 ? invalid : refused;
  if (findings.length > 0) throw new InputProblem(findings);
};
