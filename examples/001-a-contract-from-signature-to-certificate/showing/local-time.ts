const inWarsaw = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** An instant as a clock on a wall in Warsaw shows it. */
export const warsawTime = (instant: string): string => inWarsaw.format(new Date(instant)).replace(',', '');
