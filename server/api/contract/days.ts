import { z } from 'zod';

const FIRST = '1970-01-01';
const LAST = '2999-12-31';
const message = `日期应在 ${FIRST} 到 ${LAST} 之间`;
const isBetween = (text: string) => text.slice(0, 10) >= FIRST && text.slice(0, 10) <= LAST;

/** A day that somebody asks for or sets, YYYY-MM-DD: one that calendars and databases can reckon with. */
export const askedDay = z.iso.date('日期应写作 2026-11-22').refine(isBetween, { message });

/** The same for an instant, with any time zone. */
export const askedInstant = z.iso.datetime({ offset: true }).refine(isBetween, { message });
