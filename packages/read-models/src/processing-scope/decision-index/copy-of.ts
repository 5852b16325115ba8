/**
 * A text with bytes of its own, which come to lie beside what they are made together with: what is compared with them
 * need not be fetched from where the text came from.
 */
export const copyOf = <Text extends string>(text: Text): Text => Buffer.from(text).toString() as Text;
