import { formatKeyPath } from './key-path';
import type { DataSetKeyPath } from './key-path';
import { assertField, assertRecipientId, dataSetPathOf } from './reference';
import type { DataSetReference, FieldReference } from './reference';

export interface FieldValue {
  readonly reference: FieldReference;
  readonly plaintext: Uint8Array;
}

/** A value with its place in its data set and in the caller's list. */
export interface PlacedValue {
  readonly recipientId: string;
  readonly field: string;
  readonly plaintext: Uint8Array;
  readonly index: number;
}

/** The values of one data set; a recipient may have several. */
export interface DataSetValues {
  readonly dataSet: DataSetKeyPath;
  readonly values: PlacedValue[];
}

/** @throws VaultError `invalid-reference`, before anything is done, when any one of them is. */
export const byDataSet = (all: readonly FieldValue[]): readonly DataSetValues[] => {
  const groups = new Map<string, DataSetValues>();
  let last: DataSetValues | undefined;
  let checkedField: string | undefined;
  for (const [index, { reference, plaintext }] of all.entries()) {
    const { recipientId, field } = reference;
    // Imports come data set by data set, and often field by field: what was found right is not looked at again.
    if (last === undefined || !isIn(last.dataSet, reference)) last = groupOf(reference, groups);
    if (field !== checkedField) checkedField = checkedFieldOf(field);
    assertRecipientId(recipientId);
    last.values.push({ recipientId, field, plaintext, index });
  }
  return [...groups.values()];
};

const checkedFieldOf = (field: string): string => {
  assertField(field);
  return field;
};

const isIn = ([contractId, dataSetId]: DataSetKeyPath, reference: DataSetReference): boolean =>
  reference.dataSetId === dataSetId && reference.contractId === contractId;

const groupOf = (reference: DataSetReference, groups: Map<string, DataSetValues>): DataSetValues => {
  const dataSet = dataSetPathOf(reference);
  const name = formatKeyPath(dataSet);
  const group = groups.get(name) ?? { dataSet, values: [] };
  groups.set(name, group);
  return group;
};
