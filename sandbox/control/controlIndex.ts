import { phoneIndex } from '../phone/api';

/** The calls of the control API, each as a line to paste into a terminal. */
export function controlIndex(url: string, device: { provider: string; id: string }): string {
	const json = "-H 'Content-Type: application/json' -d";
	return `Sandbox control. JSON in and out. For {provider}, use a name from GET ${url}/control/providers.

Overview
  curl ${url}/control/providers                     base URLs, credentials, devices, events
What the sandbox received
  curl '${url}/control/messages?provider=chatalo'   accepted messages, in order
  curl '${url}/control/requests?path=/messages'     requests, including those ended by a fault (filters: provider, method, path, pathRegex)
  curl ${url}/control/whacenter/scheduled           scheduled messages
  curl ${url}/control/connections                   TCP connections: total, open, peak
Play the provider
  curl -X POST ${url}/control/chatalo/incoming ${json} '{"event":"text","overrides":{"message":"Hello"}}'
  curl -X POST ${url}/control/chatalo/incoming ${json} '{"event":"image","times":3,"parallel":true}'
  curl ${url}/control/wapio/incoming                what can be played by name: kinds in groups, wrappers, options
  curl -X POST ${url}/control/wapio/incoming ${json} '{"kind":"listResponseMessage","text":"Large","quoted":true}'
  curl -X POST ${url}/control/wapio/incoming ${json} '{"kind":"imageMessage","wrappers":["viewOnceMessageV2"],"media":{"fault":"expired"}}'
  curl -X POST ${url}/control/media/fault ${json} '{"fault":"drip"}'     for all files, or "file": URL, path or reference; null removes it
  curl ${url}/control/media/downloads
  curl -X POST ${url}/control/chatalo/deliver ${json} '{"body":"{not json","headers":{"Content-Type":"application/json"}}'
  curl ${url}/control/chatalo/webhook               the registered URL
  curl -X POST ${url}/control/chatalo/webhook ${json} '{"url":"https://example.com/somebody-else"}'
  curl ${url}/control/chatalo/devices
  curl -X POST ${url}/control/chatalo/devices/{id}/status ${json} '{"status":"DISCONNECTED"}'
  curl -X POST ${url}/control/whacenter/settings ${json} '{"webhookBody":"form"}'
  curl -X POST ${url}/control/balesOtomatis/settings ${json} '{"refusalStatus":"code"}'
  curl -X POST ${url}/control/chategy/settings ${json} '{"refusalStatus":"ok","refusalWord":"failed"}'
  curl -X POST ${url}/control/chategy/actions/scan ${json} '{}'          actions of one provider; /providers lists them all
  curl -X POST ${url}/control/media ${json} '{"size":104857600,"mimeType":"video/mp4"}'
${phoneIndex(url, json, device)}Break things (kinds: latency, status, html, truncated, bodyError, dropBefore, dropAfter, dropDuring, hang)
  curl -X POST ${url}/control/faults ${json} '{"kind":"dropAfter","provider":"chatalo","path":"/messages","times":1,"skip":0}'
  curl -X POST ${url}/control/faults ${json} '{"kind":"status","status":429,"headers":{"Retry-After":"2"},"times":"always"}'
  curl -X POST ${url}/control/chaos ${json} '{"seed":1,"share":0.1,"kinds":[{"kind":"dropAfter"},{"kind":"latency","ms":500}]}'
  curl ${url}/control/faults
  curl -X DELETE ${url}/control/faults              or /control/faults/{id}
  curl -X POST ${url}/control/chatalo/rate-limit ${json} '{"limit":5,"windowMs":10000,"retryAfter":false}'   (null: no limit)
  curl -X POST ${url}/control/idle-timeout ${json} '{"ms":1000,"announce":false}'
The simulated language model (OpenAI's API under ${url}/model/v1)
  curl ${url}/model                                 its rules
Start over
  curl -X POST ${url}/control/reset
`;
}
