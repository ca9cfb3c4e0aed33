/** A CDATA section; the one sequence that would end it early is split. */
function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** The sealed envelope that is posted. Contact events carry no AgentID. Source: wecom.md §1.3. */
export function envelopeXml(corpId: string, encrypted: string): string {
  return `<xml><ToUserName>${cdata(corpId)}</ToUserName><Encrypt>${cdata(encrypted)}</Encrypt></xml>`;
}

/** The plain event of a self-built app; what is not in `fields` is absent, not empty. Source: wecom.md §2.0. */
export function eventXml(
  corpId: string,
  event: { createdAt: number; event: string; changeType: string; fields: [string, string][] },
): string {
  const nodes = event.fields.map(([name, value]) => `<${name}>${cdata(value)}</${name}>`).join('');
  return (
    `<xml><ToUserName>${cdata(corpId)}</ToUserName><FromUserName>${cdata('sys')}</FromUserName>` +
    `<CreateTime>${event.createdAt}</CreateTime><MsgType>${cdata('event')}</MsgType>` +
    `<Event>${cdata(event.event)}</Event><ChangeType>${cdata(event.changeType)}</ChangeType>${nodes}</xml>`
  );
}
