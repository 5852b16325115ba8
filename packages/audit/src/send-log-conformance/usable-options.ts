import { fieldReaders, type LogRow, type SendLogColumns } from './columns';
import { decodeOperation } from './operation-words';
import { SendLogError } from './send-log-error';

/** A record that is right, so that what is wrong with it comes from a constant. */
const rightRecord: LogRow = {
  operation: 'process',
  contractId: '00000000-0000-4000-8000-000000000000',
  dataSetId: '00000000-0000-4000-8000-000000000000',
  purpose: 'delivery',
  categories: ['recipient-contact', 'message-content'],
  channel: 'e-mail',
  country: 'PL',
  specialFoundIn: 'message-content',
};

const refuse = (sentence: string): never => {
  throw new SendLogError('send-log-option', sentence);
};

export interface TextForm {
  readonly delimiter: string;
  readonly lineBytesMax: number;
  readonly listSeparator: string;
}

const requireUsableConstants = (constants: SendLogColumns['constants'] & object, separator: string): void => {
  if (Object.hasOwn(constants, 'at'))
    refuse(
      'constants: expected what is the same for every operation, found "at". Name the column of the time.',
    );
  const decoded = decodeOperation(rightRecord, fieldReaders({ constants }), separator);
  if (decoded.request === undefined)
    refuse(
      `constants: no operation can have them. ${decoded.sentence} Give words of the lists that the log uses.`,
    );
};

/** Refuses options with which every line would be broken: that would be said once for each of them. */
export const requireUsableOptions = ({ constants = {} }: SendLogColumns, form: TextForm): void => {
  const { delimiter, lineBytesMax, listSeparator } = form;
  requireUsableConstants(constants, listSeparator);
  if (listSeparator === '') refuse('listSeparator: expected one character or more, found none.');
  if (!/^[\t\x20\x21\x23-\x7e]$/.test(delimiter))
    refuse(
      `delimiter: expected one character of ASCII that is no quote and ends no line, found ${delimiter.length}.`,
    );
  if (!Number.isSafeInteger(lineBytesMax) || lineBytesMax < 1)
    refuse('lineBytesMax: expected a whole number of bytes, 1 or more.');
};
