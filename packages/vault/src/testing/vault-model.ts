import type { FieldReference } from '../reference';

/** What must be true of a vault, in three sets of strings: which keys ever came to be, what is fenced, what is frozen. */
export class VaultModel {
  readonly known = new Set<string>();
  readonly fenced = new Set<string>();
  readonly frozen = new Set<string>();

  stateOf(at: FieldReference): 'never-known' | 'active' | 'erased' {
    return this.#stateOfPlace(recipientOf(at));
  }

  encryptionOf(at: FieldReference): 'encrypted' | 'erased' | 'frozen' {
    if (this.stateOf(at) === 'erased') return 'erased';
    return this.frozen.has(at.contractId) ? 'frozen' : 'encrypted';
  }

  /** `place`: a contract, or a data set as {@link dataSetOf}. */
  rotationOf(place: string): string {
    const state = this.#stateOfPlace(place);
    return { 'never-known': 'key-never-known', active: 'rotated', erased: 'erased' }[state];
  }

  encrypted(at: FieldReference): void {
    for (const place of [at.contractId, dataSetOf(at), recipientOf(at)]) this.known.add(place);
  }

  #stateOfPlace(place: string): 'never-known' | 'active' | 'erased' {
    if ([...this.fenced].some((fenced) => `${place}/`.startsWith(`${fenced}/`))) return 'erased';
    return this.known.has(place) ? 'active' : 'never-known';
  }
}

export const dataSetOf = ({ contractId, dataSetId }: FieldReference): string => `${contractId}/${dataSetId}`;

export const recipientOf = (at: FieldReference): string => `${dataSetOf(at)}/${at.recipientId}`;
