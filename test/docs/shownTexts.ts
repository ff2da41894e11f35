import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A text in the source that a user may get to read as a message: a refusal, an error, a hint. */
interface ShownText {
	/** Relative to the package, with slashes. */
	file: string;
	line: number;
	/** Values put into it at run time as "…". */
	text: string;
}

/** Properties that hold labels of the editor, and no messages. */
const LABELS = new Set([
	'displayName',
	'name',
	'placeholder',
	'label',
	'action',
	'value',
	'default',
	'subtitle',
	'path',
	'url',
	'baseURL',
]);

/** What tells that an object is a thing in the editor. */
const NAMES = new Set(['displayName', 'name', 'placeholder']);

/** The same in a trigger's panel. */
const PANEL = new Set([
	'header',
	'inactive',
	'active',
	'activationHint',
	'activationMessage',
	'eventTriggerDescription',
]);

/** The texts in all TypeScript files below some folders, in the order of files and lines. */
export function shownTexts(root: string, folders: string[]): ShownText[] {
	return folders.flatMap((folder) => filesIn(path.join(root, folder))).flatMap((file) => textsIn(file, root));
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.sort()
		.map((name) => path.join(folder, name));
}

function textsIn(file: string, root: string): ShownText[] {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
	const found: ShownText[] = [];
	const visit = (node: ts.Node): void => {
		const text = textOf(node);
		if (text !== undefined && isSentence(text) && !isLabel(node)) {
			const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
			found.push({ file: path.relative(root, file).replaceAll(path.sep, '/'), line: line + 1, text });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

/** Two words at least and a space beside one, which ids, paths and header names do not have. n8n's expressions do. */
function isSentence(text: string): boolean {
	if (/^\{\{[^{}]*\}\}$/.test(text)) return false;
	return (text.match(/\p{L}{2,}/gu) ?? []).length > 1 && /\p{L} | \p{L}/u.test(text);
}

function isLabel(node: ts.Node): boolean {
	if (ts.isLiteralTypeNode(node.parent) || ts.isTypeNode(node.parent)) return true;
	// In a credential's class, `displayName = '…'` is a property of the class.
	const property = ts.isPropertyDeclaration(node.parent) ? node.parent : propertyAround(node);
	if (!property) return false;
	const name = property.name.getText();
	if (LABELS.has(name) || PANEL.has(name)) return true;
	// Errors have hints and descriptions as well; those of the editor stand beside a name.
	return ['hint', 'description'].includes(name) && isThingInEditor(property.parent);
}

/** The property whose value this is, conditions and the like in between passed over. */
function propertyAround(node: ts.Node): ts.PropertyAssignment | undefined {
	let above = node.parent;
	while (
		ts.isBinaryExpression(above) ||
		ts.isConditionalExpression(above) ||
		ts.isParenthesizedExpression(above) ||
		ts.isTemplateSpan(above) ||
		ts.isTemplateExpression(above)
	) {
		above = above.parent;
	}
	return ts.isPropertyAssignment(above) ? above : undefined;
}

function isThingInEditor(node: ts.Node): boolean {
	if (!ts.isObjectLiteralExpression(node)) return false;
	// Functions such as baseUrlProperty and groupField name the thing that they make.
	if (ts.isCallExpression(node.parent) && /(Field|Property)$/.test(node.parent.expression.getText())) return true;
	return node.properties.some(({ name }) => name !== undefined && NAMES.has(name.getText()));
}
