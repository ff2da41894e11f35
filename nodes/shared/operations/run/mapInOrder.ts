/** Something failed before an element had its turn. */
export class NotStarted extends Error {
	constructor() {
		super('NotStarted');
		this.name = 'NotStarted';
	}
}

/** The turn of one element to act. */
export interface Turn {
	/** Resolves when it has come, also when it had before. @throws NotStarted if it never does */
	take: () => Promise<void>;
	/** Says that the element only waits now, so that there is time to prepare the next one. */
	waits: () => void;
}

/**
 * Runs `work` over all elements and returns the results in the elements' order. After a failure nothing new is started; what
 * is under way is awaited, and the failure of the first element (not the first in time) is thrown.
 *
 * @param atOnce how many elements may act at the same time. They begin to in their order
 * @param work prepares, takes its turn, and then does whatever others can notice
 */
export async function mapInOrder<T, R>(
	elements: readonly T[],
	atOnce: number,
	work: (element: T, index: number, turn: Turn) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(elements.length);
	const failures: Array<{ index: number; error: unknown }> = [];
	const perform = async (index: number, turns: Turns): Promise<void> => {
		const turn = turns.next();
		let failure: { index: number; error: unknown } | undefined;
		try {
			results[index] = await work(elements[index] as T, index, turn);
		} catch (error) {
			failure = { index, error };
		}
		// What was done, or failed, without acting counts when its turn comes.
		if (!turn.isMine && !(await comes(turn))) return;
		if (failure) {
			failures.push(failure);
			turns.end();
		}
		turns.giveBack();
	};
	await new Promise<void>((resolve) => {
		let next = 0;
		let open = 0;
		const turns = new Turns(atOnce, () => {
			if (next === elements.length) return;
			open++;
			void perform(next++, turns).then(() => {
				if (--open === 0) resolve();
			});
		});
		if (elements.length === 0) resolve();
		else turns.call();
	});

	const first = failures.sort((one, other) => one.index - other.index)[0];
	if (first) throw first.error;
	return results;
}

async function comes(turn: QueuedTurn): Promise<boolean> {
	return await turn.take().then(
		() => true,
		() => false,
	);
}

/** Lets so many elements act at once, in their order. */
class Turns {
	isOver = false;
	/** Of elements that have not begun to act. */
	private readonly queue: QueuedTurn[] = [];

	/** @param prepareNext begins with the next element, if there is one: calls {@link next} before it returns */
	constructor(
		private free: number,
		private readonly prepareNext: () => void,
	) {}

	/** The turn of the next element. It is taken at some time, if only for those after it, and given back. */
	next(): QueuedTurn {
		const turn = new QueuedTurn(this);
		this.queue.push(turn);
		return turn;
	}

	giveBack(): void {
		this.free++;
		this.call();
	}

	/** From now on nobody's turn comes any more. */
	end(): void {
		this.isOver = true;
		for (const turn of this.queue) turn.isCalledOff();
	}

	/** Calls whoever may act now. */
	call(): void {
		while (this.free > 0 && !this.isOver && this.queue[0]?.isWanted === true) {
			this.free--;
			this.queue.shift()?.isCalled();
		}
		// Whoever was called goes on before the next one begins.
		if (this.free > 0) void Promise.resolve().then(() => this.free > 0 && this.prepare());
	}

	/** Has one element prepared, unless one is already. */
	prepare(): void {
		if (this.queue.length === 0 && !this.isOver) this.prepareNext();
	}
}

class QueuedTurn implements Turn {
	isMine = false;
	private come?: Promise<void>;
	private settle?: { resolve: () => void; reject: (reason: NotStarted) => void };

	constructor(private readonly turns: Turns) {}

	get isWanted(): boolean {
		return this.come !== undefined;
	}

	async take(): Promise<void> {
		if (this.isMine) return;
		if (this.turns.isOver) throw new NotStarted();
		this.come ??= new Promise((resolve, reject) => (this.settle = { resolve, reject }));
		this.turns.call();
		await this.come;
	}

	waits(): void {
		this.turns.prepare();
	}

	isCalled(): void {
		this.isMine = true;
		this.settle?.resolve();
	}

	isCalledOff(): void {
		this.settle?.reject(new NotStarted());
	}
}
