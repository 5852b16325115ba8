/** The ids and times of the story, as `input/` tells it. A test holds the two together. */
export const contractId = '823308df-49e9-51ff-84e8-ec3c75bbb641';
export const dataSetId = 'a06dffcf-7627-5bc0-8fb0-b0482197188c';
export const otherDataSetId = '76bf8198-0148-5b51-b7fc-c58743a042cb';
export const appointmentsId = '61ca26f5-3e84-5207-91ff-92ab7acd8db0';

/** 1 March 2026, 00:00 in Warsaw. */
export const monthBegins = '2026-02-28T23:00:00.000Z';
export const campaignEnds = '2026-03-08T23:00:00.000Z';
export const germanyBegins = '2026-03-05T12:00:00.000Z';
export const contestBegins = '2026-03-10T09:00:00.000Z';
export const contestEnds = '2026-03-20T09:00:00.000Z';
export const suspensionBegins = '2026-03-16T08:00:00.000Z';
export const suspensionEnds = '2026-03-17T15:00:00.000Z';
/** 25 March, 00:00 in Warsaw: from then on the reminders were withdrawn. */
export const withdrawalTakesEffect = '2026-03-24T23:00:00.000Z';
/** Nine hours later the platform learnt of it. */
export const withdrawalIsKnown = '2026-03-25T08:00:00.000Z';
/** 31 March, 00:00 in Warsaw: summer time began two days before, so it is 22:00 in UTC, not 23:00. */
export const contractEnds = '2026-03-30T22:00:00.000Z';
export const logEnds = '2026-03-31T00:30:00.000Z';

/** When the deletion runs: 08:00 in Warsaw on the day on which the contract is over. */
export const deletionRuns = '2026-03-31T06:00:00.000Z';

/** Every run tells the same story of the same people. */
export const storySeed = 20_260_331;

export const fullScale = { recipients: 10_000, sends: 100_000 } as const;
