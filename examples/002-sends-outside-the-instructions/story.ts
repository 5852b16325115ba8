// Who and when. People, companies and dates are made up.

export const contractId = 'c0a1e5ce-0000-4000-8000-000000000001';
export const dataSetId = 'da7a5e70-0000-4000-8000-000000000001';
/** Under this id the copy lies in an environment of the developers. Nobody entrusted or registered it. */
export const copyId = 'da7a5e70-0000-4000-8000-00000000c091';
export const recipients = 4600;

export const logBegins = '2025-09-01T00:00:00.000Z';
/** From when on no reminder may be sent any more: the letter was in the post room. */
export const withdrawalTakesEffect = '2025-09-08T00:00:00.000Z';
/** When somebody opened it and put it on record. */
export const withdrawalIsKnown = '2025-09-12T09:00:00.000Z';
export const copyIsMade = '2025-09-22T12:00:00.000Z';
/** As 1 October begins in Paris. */
export const contractEnds = '2025-09-30T22:00:00.000Z';
export const everythingIsErased = '2025-10-01T08:00:00.000Z';
export const logEnds = '2025-10-15T00:00:00.000Z';
