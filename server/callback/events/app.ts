import { z } from 'zod';
import { asList, decimal, whole, word, words } from './fields.ts';

/** A member did something in the app. */
export const FromMember = z.looseObject({ staffId: word, agentId: word.optional() });

/** A menu entry: its key, or the page it opens. */
export const Clicked = FromMember.extend({ eventKey: word });

const Scanned = Clicked.extend({
  scanCodeInfo: z.looseObject({ scanType: word.optional(), scanResult: word.optional() }).optional(),
});

const Picked = Clicked.extend({ sendPicsInfo: z.looseObject({ count: whole.optional() }).optional() });

const place = {
  latitude: decimal.optional(),
  longitude: decimal.optional(),
  scale: whole.optional(),
  label: word.optional(),
};
const Placed = Clicked.extend({
  sendLocationInfo: z.looseObject({ ...place, poiname: word.optional() }).optional(),
});
const Located = FromMember.extend({ ...place, precision: decimal.optional(), appType: word.optional() });

const Selected = z.looseObject({
  questionKey: word,
  optionIds: z.preprocess((value) => asList(value, 'optionId'), words),
});

/** A button of a card; `responseCode` lets us change the card once within 72 h. */
export const CardPressed = FromMember.extend({
  eventKey: word,
  taskId: word.optional(),
  cardType: word.optional(),
  responseCode: word,
  selectedItems: z.preprocess((value) => asList(value, 'selectedItem'), z.array(Selected)).optional(),
});

const TaskPressed = Clicked.extend({ taskId: word });
const JobEnded = z.looseObject({
  batchJob: z.looseObject({
    jobId: word,
    jobType: word.optional(),
    errCode: whole.optional(),
    errMsg: word.optional(),
  }),
});

/** Customer service accounts; nobody sent this. */
const ServiceMessage = z.looseObject({ token: word, openKfId: word });
const ServiceAuthorized = z.looseObject({ addedKfIds: words.optional(), removedKfIds: words.optional() });

/** What members do in the app, and what WeCom tells the app. Source: wecom.md §2.5. */
export const APP_SHAPES = {
  subscribe: FromMember,
  unsubscribe: FromMember,
  enter_agent: FromMember,
  click: Clicked,
  view: Clicked,
  scancode_push: Scanned,
  scancode_waitmsg: Scanned,
  pic_sysphoto: Picked,
  pic_photo_or_album: Picked,
  pic_weixin: Picked,
  location_select: Placed,
  LOCATION: Located,
  template_card_event: CardPressed,
  template_card_menu_event: CardPressed,
  taskcard_click: TaskPressed,
  batch_job_result: JobEnded,
  upload_media_job_finish: z.looseObject({ jobId: word }),
  kf_msg_or_event: ServiceMessage,
  kf_account_auth_change: ServiceAuthorized,
  msgaudit_notify: z.looseObject({ agentId: word.optional() }),
  switch_workbench_mode: z.looseObject({ mode: word.optional() }),
};
