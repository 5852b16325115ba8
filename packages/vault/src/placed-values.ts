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
  all.forEach((value, index) => {
    // Imports come data set by data set.
    if (last === undefined || !isIn(last.dataSet, value.reference)) last = groupOf(value.reference, groups);
    last.values.push(placed(value, index));
  });
  return [...groups.values()];
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

const placed = ({ reference, plaintext }: FieldValue, index: number): PlacedValue => {
  const { recipientId, field } = reference;
  assertField(field);
  assertRecipientId(recipientId);
  return { recipientId, field, plaintext, index };
};
