import { create, type AxiosInstance } from 'axios';

/** Plain HTTP to the platform that the environment names, with a token: the least that any client needs. */
export async function openBarePlatform(): Promise<AxiosInstance> {
  const { WECOM_API_URL: baseURL = '', WECOM_CORP_ID: corpid, WECOM_AGENT_SECRET: corpsecret } = process.env;
  const { data } = await create({ baseURL }).get('/cgi-bin/gettoken', { params: { corpid, corpsecret } });
  return create({ baseURL, params: { access_token: data.access_token } });
}

/** The members who follow customers. */
export async function followersOf(http: AxiosInstance): Promise<string[]> {
  const { data } = await http.get<{ follow_user: string[] }>('/cgi-bin/externalcontact/get_follow_user_list');
  return data.follow_user;
}
