import type { IDataObject } from 'n8n-workflow';

/** Fields of a message that some rule reads, whatever its type. */
const READ: ReadonlySet<string> = new Set([
	...['id', 'message_id', 'timestamp', 'date', 'type', '@type', 'subtype', 'content'],
	...['text', 'body', 'caption', 'file_data', 'reply_to_message_id', 'delivery_id'],
	...['media_album_id', 'media_group_id', 'album_id'],
	...['location', 'venue', 'latitude', 'longitude', 'lat', 'lng', 'lon', 'name', 'title', 'address', 'url'],
	...['accuracy', 'horizontal_accuracy', 'isLive', 'comment', 'description'],
	...['vcard', 'vcards', 'vCards', 'vcardList', 'contact', 'contacts'],
	...['selectedButtonId', 'selected_button_id', 'button_id', 'selectedRowId', 'selected_row_id'],
	...['selectedId', 'selected_id', 'paramsJson', 'params_json', 'interactive', 'list', 'sections', 'buttons'],
	...['listResponse', 'list_response', 'buttonsResponse', 'buttons_response'],
	...['nativeFlowResponse', 'native_flow_response', 'nativeFlowResponseMessage'],
	...['order', 'orderId', 'order_id', 'token', 'orderTitle', 'order_title', 'itemCount', 'item_count'],
	...['totalAmount1000', 'total_amount_1000', 'totalCurrencyCode', 'currency'],
	...['product', 'productId', 'product_id', 'retailerId', 'retailer_id', 'priceAmount1000', 'priceCurrencyCode'],
	...['poll', 'pollName', 'poll_name', 'pollOptions', 'poll_options', 'allowMultipleAnswers', 'options'],
	...['inviteV4', 'invite_v4', 'invite', 'inviteGrp', 'inviteGrpName', 'inviteCode', 'invite_code'],
	...['inviteCodeExp', 'invite_code_exp', 'event', 'scheduled_event', 'eventName', 'eventDescription'],
	...['eventStartTime', 'eventEndTime', 'eventJoinLink', 'isEventCanceled', 'payment', 'invoice'],
	...['paymentAmount1000', 'paymentCurrency', 'paymentNoteMsg', 'reaction', 'emoji'],
	...['edited_message_id', 'target_message_id', 'revoked_message_id', 'deleted_message_id'],
	...['reacted_message_id', 'reaction_message_id', 'parent_message_id', 'poll_message_id', 'pinned_message_id'],
	...['selected_options', 'selectedOptions', 'recipients', 'participants', 'member_user_ids', 'new_chat_members'],
	...['user_id', 'call_id', 'callId', 'state', 'call_state', 'reason', 'discard_reason', 'is_video', 'isVideo'],
	...['expectedImageCount', 'expected_image_count', 'expectedVideoCount', 'expected_video_count'],
]);

/** The most names listed, and their maximum length. */
const MOST_NAMES = 50;
const LONGEST_NAME = 80;

/** The names of non-empty fields that no rule reads; null if there are none. */
export function unreadIn(...places: IDataObject[]): string[] | null {
	const names = places.flatMap((place) =>
		Object.entries(place)
			.filter(([name, value]) => !READ.has(name) && value !== null && value !== undefined && value !== '')
			.map(([name]) => name.slice(0, LONGEST_NAME)),
	);
	return names.length > 0 ? [...new Set(names)].slice(0, MOST_NAMES) : null;
}
