import { localDate, timeZone, type LegalDate, type Period } from '@mandate/domain';
import { instantOf } from '@mandate/event-sourcing';
import { isRight } from 'fp-ts/Either';
import { DateTime, IANAZone } from 'luxon';

const legalDateOf = (day: DateTime<true>): LegalDate | undefined => {
  const date = localDate.decode(day.toISODate());
  const zone = timeZone.decode(day.zoneName);
  // Where clocks go forward at midnight the day begins at one; where they go back to midnight there are two of
  // it. The first instant is what counts.
  const [first] = day.startOf('day').getPossibleOffsets();
  const at = instantOf((first ?? day).toMillis());
  return isRight(date) && isRight(zone) ? { date: date.right, zone: zone.right, at } : undefined;
};

/** Whether a zone is in the IANA data base: not `local`, which is another one on every machine, nor `UTC+3`. */
export const isTimeZone = (zone: string): boolean =>
  isRight(timeZone.decode(zone)) && IANAZone.isValidZone(zone);

/** The day in the zone with the instant at which it begins; absent when there is no such day or zone. */
export const resolveLegalDate = (date: string, zone: string): LegalDate | undefined => {
  if (!isTimeZone(zone)) return undefined;
  const day = DateTime.fromISO(date, { zone: IANAZone.create(zone) });
  // A zone can leave a day out: Samoa had no 30 December 2011.
  return day.isValid && day.year > 0 && day.toISODate() === date ? legalDateOf(day) : undefined;
};

/**
 * The day that lies a period after another one, by the calendar: a month from 31 January is the last day of
 * February (Regulation 1182/71 Art. 3). Counted in `zone`, which may differ from the first date's.
 */
export const legalDateAfter = (from: LegalDate, { unit, count }: Period, zone: string): LegalDate => {
  const day = DateTime.fromISO(from.at, { zone })
    .startOf('day')
    .plus({ [unit]: count });
  const after = day.isValid ? legalDateOf(day) : undefined;
  if (after === undefined) throw new RangeError(`There is no date ${count} ${unit} later in this zone.`);
  return after;
};
