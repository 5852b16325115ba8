import type { DenialReason, InstructionObstacle, RequestDimension } from './reasons';

const dimensions: Readonly<Record<RequestDimension, string>> = {
  purpose: 'celu',
  category: 'kategorii danych',
  channel: 'kanału',
  'data-set': 'zbioru danych',
  country: 'państwa',
  'special-category': 'szczególnej kategorii danych',
};

const obstacles: Readonly<Record<InstructionObstacle, string>> = {
  'issuer-not-authorised': 'Udokumentowane polecenie wydała osoba nieupoważniona do wydawania poleceń',
  'instruction-not-yet-effective': 'Udokumentowane polecenie jeszcze nie obowiązuje',
  'instruction-expired': 'Udokumentowane polecenie wygasło',
  'instruction-suspended': 'Udokumentowane polecenie jest zawieszone',
  'instruction-contested':
    'Podmiot przetwarzający zakwestionował postanowienie polecenia i czeka na odpowiedź administratora',
  'instruction-withdrawn': 'Administrator cofnął udokumentowane polecenie',
  'instruction-refused':
    'Podmiot przetwarzający odmówił wykonania polecenia jako naruszającego przepisy prawa',
  'instruction-superseded': 'Udokumentowane polecenie zostało zastąpione późniejszym',
};

type Sentences = {
  readonly [Code in Exclude<DenialReason['reason'], InstructionObstacle>]: (
    reason: Extract<DenialReason, { readonly reason: Code }>,
  ) => string;
};

const sentences: Sentences = {
  'contract-unknown': () =>
    'Nie ma umowy o tym identyfikatorze, dlatego żadna operacja na jej danych nie jest dozwolona.',
  'scope-not-current': () =>
    'Historii tej umowy nie można obecnie odczytać do końca, dlatego na jej podstawie nic nie jest dozwolone.',
  'contract-not-started': ({ startsAt }) => `Umowa obowiązuje dopiero od ${startsAt}.`,
  'contract-ended': ({ endedAt }) =>
    `Umowa zakończyła się ${endedAt}; dozwolone są już tylko zwrot, usunięcie i zabezpieczenie danych.`,
  'contract-closed': () => 'Umowa jest zamknięta: jej dane usunięto i nie pozostało nic do przetwarzania.',
  'contract-not-ended': () =>
    'Na tej podstawie dane zwraca się i usuwa po zakończeniu umowy, które jeszcze nie nastąpiło.',
  'contract-suspended': () =>
    'Wykonywanie umowy jest zawieszone; dane wolno jedynie przechowywać i zabezpieczać.',
  'purpose-of-the-processor': ({ purpose }) =>
    `Cel ${purpose} jest własnym celem podmiotu przetwarzającego, którego nie obejmie żadne polecenie.`,
  'purpose-outside-the-contract': ({ purpose }) => `Umowa nie obejmuje celu ${purpose}.`,
  'category-outside-the-contract': ({ category }) => `Umowa nie obejmuje kategorii danych ${category}.`,
  'channel-outside-the-contract': ({ channel }) => `Umowa nie obejmuje kanału ${channel}.`,
  'country-outside-the-contract': ({ country }) =>
    `Umowa nie zezwala na przetwarzanie w państwie ${country}.`,
  'data-set-unknown': () => 'W ramach tej umowy nie powierzono zbioru danych o tym identyfikatorze.',
  'data-set-deleted': () => 'Zbiór danych został usunięty.',
  'data-set-restricted': () =>
    'Przetwarzanie zbioru danych jest ograniczone; wolno go jedynie przechowywać i zabezpieczać.',
  'data-set-withdrawn': ({ withdrawnFrom }) =>
    `Administrator wycofał zbiór danych od ${withdrawnFrom}; można go już tylko zwrócić, usunąć i zabezpieczać.`,
  'data-set-being-deleted': () => 'Zlecono usunięcie zbioru danych.',
  'category-not-entrusted': ({ category }) =>
    `Administrator nie powierzył kategorii danych ${category} w tym zbiorze danych.`,
  'sub-processor-unknown': ({ subProcessorId }) =>
    `Administrator nigdy nie został poinformowany o dalszym podmiocie przetwarzającym ${subProcessorId}.`,
  'sub-processor-objected': ({ subProcessorId }) =>
    `Administrator wyraził sprzeciw wobec dalszego podmiotu przetwarzającego ${subProcessorId}.`,
  'sub-processor-not-usable': ({ subProcessorId, windowClosesAt }) =>
    windowClosesAt === undefined
      ? `Z dalszego podmiotu przetwarzającego ${subProcessorId} nie wolno w tym czasie korzystać.`
      : `Z dalszego podmiotu przetwarzającego ${subProcessorId} nie wolno korzystać przed ${windowClosesAt}, kiedy upływa termin na sprzeciw.`,
  'sub-processor-country': ({ subProcessorId, country }) =>
    `Dalszego podmiotu przetwarzającego ${subProcessorId} nie zgłoszono dla państwa ${country}.`,
  'special-category-outside-content': () =>
    'Szczególne kategorie danych są dopuszczalne wyłącznie w treści wiadomości, w której umieścił je administrator.',
  'special-category-for-analytics': () =>
    'Treść ze szczególnymi kategoriami danych wolno dostarczać i nią zarządzać, ale nigdy jej nie analizować.',
  'not-instructed': ({ category, nearest }) =>
    nearest === undefined
      ? `Żadne udokumentowane polecenie nie obejmuje kategorii danych ${category}.`
      : `Żadne udokumentowane polecenie nie obejmuje kategorii danych ${category}: najbliższe jest postanowienie ${nearest.clause} polecenia ${nearest.instructionId}, które nie obejmuje: ${nearest.lacks.map((dimension) => dimensions[dimension]).join(', ')}.`,
};

/** A reason in Polish, in the words of the Polish text of the regulation. */
export const polishSentenceOf = (reason: DenialReason): string => {
  if ('clause' in reason) {
    return `${obstacles[reason.reason]} (postanowienie ${reason.clause} polecenia ${reason.instructionId}, kategoria danych ${reason.category}).`;
  }
  // The table has a sentence for each code, made from the reason of that code.
  const say = sentences[reason.reason] as (reason: DenialReason) => string;
  return say(reason);
};
