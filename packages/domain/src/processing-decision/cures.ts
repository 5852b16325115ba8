import type { DenialCode } from './reasons';

/** A language in which denials are explained. */
export type ExplanationLanguage = 'en' | 'pl';

type Cure = Readonly<Record<ExplanationLanguage, string>>;

const newTerms: Cure = {
  en: 'Controller and processor amend the contract so that its terms cover it, and the controller instructs it.',
  pl: 'Administrator i podmiot przetwarzający zmieniają umowę tak, aby ją obejmowała, a administrator wydaje udokumentowane polecenie.',
};

const otherSubProcessor = (en: string, pl: string): Cure => ({
  en: `${en}, or the operation is carried out without it.`,
  pl: `${pl}; inaczej operację wykonuje się bez jego udziału.`,
});

/** What has to happen so that a reason no longer stands; where nothing can, what to do instead. */
const cures: Readonly<Record<DenialCode, Cure>> = {
  'contract-unknown': {
    en: 'The contract with the controller is concluded and put on record.',
    pl: 'Umowa z administratorem zostaje zawarta i zarejestrowana.',
  },
  'scope-not-current': {
    en: 'The history becomes readable to its end: the store is reachable, and nothing in it is damaged or unknown.',
    pl: 'Historia daje się odczytać do końca: magazyn zdarzeń jest dostępny i nie zawiera niczego uszkodzonego ani nieznanego.',
  },
  'contract-not-started': {
    en: 'The operation takes place after the start of the contract, or under another contract that starts earlier.',
    pl: 'Operację wykonuje się po rozpoczęciu obowiązywania umowy albo na podstawie innej umowy, która zaczyna obowiązywać wcześniej.',
  },
  'contract-ended': {
    en: 'Before the end, the notice of termination is withdrawn; after it, only a new contract with newly entrusted data helps.',
    pl: 'Przed zakończeniem umowy wypowiedzenie zostaje cofnięte; po nim konieczna jest nowa umowa z ponownym powierzeniem danych.',
  },
  'contract-closed': {
    en: 'Nothing brings a closed contract back: a new contract is concluded, and the data is entrusted anew.',
    pl: 'Zamkniętej umowy nie można przywrócić: zawiera się nową umowę i ponownie powierza dane.',
  },
  'contract-not-ended': {
    en: 'The contract ends, and its end comes.',
    pl: 'Umowa zostaje rozwiązana i nadchodzi dzień jej zakończenia.',
  },
  'contract-suspended': {
    en: 'The contract is resumed.',
    pl: 'Wykonywanie umowy zostaje wznowione.',
  },
  'purpose-of-the-processor': {
    en: 'No instruction can help: the operation is asked for a purpose of the service, or not carried out.',
    pl: 'Nie pomoże żadne polecenie: operację wykonuje się w celu objętym usługą albo nie wykonuje się jej wcale.',
  },
  'purpose-outside-the-contract': newTerms,
  'category-outside-the-contract': newTerms,
  'channel-outside-the-contract': newTerms,
  'country-outside-the-contract': newTerms,
  'data-set-unknown': {
    en: 'The controller entrusts the data set under this contract, and that is put on record.',
    pl: 'Administrator powierza zbiór danych w ramach tej umowy, a powierzenie zostaje zarejestrowane.',
  },
  'data-set-deleted': {
    en: 'Nothing brings deleted data back: the controller entrusts a new data set.',
    pl: 'Usuniętych danych nie można przywrócić: administrator powierza nowy zbiór danych.',
  },
  'data-set-restricted': {
    en: 'The controller lifts the restriction.',
    pl: 'Administrator znosi ograniczenie przetwarzania.',
  },
  'data-set-withdrawn': {
    en: 'A withdrawn data set does not come back: the controller entrusts a new data set.',
    pl: 'Wycofanego zbioru danych nie przywraca się: administrator powierza nowy zbiór danych.',
  },
  'data-set-being-deleted': {
    en: 'An ordered deletion is not called off: the controller entrusts a new data set.',
    pl: 'Zleconego usunięcia nie odwołuje się: administrator powierza nowy zbiór danych.',
  },
  'category-not-entrusted': {
    en: 'The controller entrusts a data set with this category, or the operation leaves the category out.',
    pl: 'Administrator powierza zbiór danych zawierający tę kategorię albo operacja ją pomija.',
  },
  'sub-processor-unknown': otherSubProcessor(
    'The controller is notified of the sub-processor and the window for objections closes, or authorises it in writing',
    'Administrator zostaje powiadomiony o dalszym podmiocie przetwarzającym i upływa termin na sprzeciw lub administrator wyraża pisemną zgodę',
  ),
  'sub-processor-objected': otherSubProcessor(
    'The controller authorises the sub-processor in writing',
    'Administrator wyraża pisemną zgodę na dalszy podmiot przetwarzający',
  ),
  'sub-processor-not-usable': otherSubProcessor(
    'The window for objections closes without one, or the controller authorises the sub-processor in writing',
    'Termin na sprzeciw upływa bez sprzeciwu lub administrator wyraża pisemną zgodę na dalszy podmiot przetwarzający',
  ),
  'sub-processor-country': otherSubProcessor(
    'The sub-processor, dismissed if it was authorised before, is authorised by the controller anew, for this country too',
    'Administrator wyraża na nowo pisemną zgodę na korzystanie z dalszego podmiotu przetwarzającego, także w tym państwie, po wycofaniu wcześniejszej',
  ),
  'special-category-outside-content': {
    en: 'The special categories are left out, or stand in message content that the operation names.',
    pl: 'Szczególne kategorie danych zostają pominięte albo znajdują się w treści wiadomości, którą operacja wymienia.',
  },
  'special-category-for-analytics': {
    en: 'The operation is asked for another purpose than analytics, or leaves the special categories out.',
    pl: 'Operację wykonuje się w celu innym niż analytics albo z pominięciem szczególnych kategorii danych.',
  },
  'not-instructed': {
    en: 'An authorised issuer gives a documented instruction that covers purpose, category, channel, data set and country.',
    pl: 'Osoba upoważniona przez administratora wydaje udokumentowane polecenie obejmujące cel, kategorię danych, kanał, zbiór danych i państwo.',
  },
  'issuer-not-authorised': {
    en: 'The controller authorises the issuer, and the issuer gives the instruction anew.',
    pl: 'Administrator upoważnia wydającego polecenie, a ten wydaje je ponownie.',
  },
  'instruction-not-yet-effective': {
    en: 'The instruction takes effect, or the controller gives a new instruction that takes effect earlier.',
    pl: 'Udokumentowane polecenie zaczyna obowiązywać albo administrator wydaje nowe, które obowiązuje wcześniej.',
  },
  'instruction-expired': {
    en: 'The controller gives a new instruction, or amends this one to last longer.',
    pl: 'Administrator wydaje nowe udokumentowane polecenie albo przedłuża obowiązywanie tego polecenia.',
  },
  'instruction-suspended': {
    en: 'The instruction is resumed.',
    pl: 'Obowiązywanie polecenia zostaje wznowione.',
  },
  'instruction-contested': {
    en: 'The controller confirms or amends the contested clause.',
    pl: 'Administrator potwierdza albo zmienia zakwestionowane postanowienie.',
  },
  'instruction-withdrawn': {
    en: 'The controller gives a new instruction.',
    pl: 'Administrator wydaje nowe udokumentowane polecenie.',
  },
  'instruction-refused': {
    en: 'The controller gives a new instruction that does not infringe the law.',
    pl: 'Administrator wydaje nowe udokumentowane polecenie, które nie narusza przepisów prawa.',
  },
  'instruction-superseded': {
    en: 'The later instruction is asked for, or the controller gives a new one.',
    pl: 'Operacja opiera się na późniejszym poleceniu albo administrator wydaje nowe.',
  },
};

/** What would remove a reason (law 26 of the catalogue: every reason can be put right, in the history or in what is asked). */
export const cureOfDenial = (code: DenialCode, language: ExplanationLanguage = 'en'): string =>
  cures[code][language];
