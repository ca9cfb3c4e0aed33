const MARK = '#';

/** What stands for the number of an account that has none: our own id, marked. */
export const ownNumber = (accountId: string): string => MARK + accountId;

/** The id of an account in such a number; '' in every other. */
export const idInNumber = (number: string): string =>
  number.startsWith(MARK) ? number.slice(MARK.length) : '';
