/**
 * The life of a kept callback event. `waiting`: to be worked on when its time comes; `working`: somebody holds it for a while;
 * `ignored`: a kind we do not act on; `failed`: the last try failed, parked until somebody replays it.
 */
export const EVENT_STATES = ['waiting', 'working', 'done', 'ignored', 'failed'] as const;
export type EventState = (typeof EVENT_STATES)[number];
