import type { IDataObject } from 'n8n-workflow';
import { MESSAGE_STATUSES } from '../../nodes/shared/operations/define/sentMessage';

/**
 * What the output of a send lacks of the fields that the sends of all providers have; an empty list where it has them all.
 *
 * @param type n8n's name of the action node
 */
export function lackingFields(json: IDataObject, type: string): string[] {
	const { messageId, status, providerStatus, provider, phone, groupId } = json;
	const isTextOrNull = (value: unknown): boolean => value === null || (typeof value === 'string' && value !== '');
	const isPhone = phone === null || (typeof phone === 'string' && /^[1-9]\d{5,14}$/.test(phone));
	const isGroup = groupId !== undefined && isTextOrNull(groupId);
	const checks: Record<string, boolean> = {
		messageId: isTextOrNull(messageId),
		'phone or groupId': phone === undefined ? isGroup : isPhone && groupId === undefined,
		status: status === null || MESSAGE_STATUSES.some((each) => each === status),
		providerStatus: isTextOrNull(providerStatus),
		provider: provider === type,
	};
	return Object.entries(checks).flatMap(([name, isRight]) => (isRight ? [] : [name]));
}
