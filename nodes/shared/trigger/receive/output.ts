import type { INodeExecutionData } from 'n8n-workflow';
import type { ReadParameter } from '../../operations/define/field';
import { inOrder, simplified } from '../event/emptyEvent';
import type { GatewayEvent } from '../event/event';

/** The output of a trigger for an event. */
export const OUTPUTS = { simplified: 'simplified', both: 'simplifiedAndRaw', raw: 'raw' } as const;

/** An event as an item, as the node's Output says: the payload alone, the event alone, or both. */
export function itemOf(event: GatewayEvent, parameter: ReadParameter): INodeExecutionData {
	const output = parameter('output');
	if (output === OUTPUTS.raw) return { json: event.raw };
	return { json: output === OUTPUTS.both ? inOrder(event) : simplified(event) };
}
