import "server-only";
// A small stock of key pairs made in advance, so that a rotation does not wait for one.
import type { KeyType } from "../crypto/algorithms.ts";
import { generateKeyPair, type KeyPairMaterial } from "../crypto/key-pair.ts";
import { generateInChild } from "./generator-process.ts";

const TARGET = 2;
const STAY_MILLISECONDS = 60_000;
/** The stock is topped up when the work that took a pair is done, so that it does not share its core with the generator. */
const REFILL_DELAY_MILLISECONDS = 250;

type Stock = {
  type: KeyType;
  ready: KeyPairMaterial[];
  waiting: { resolve: (material: KeyPairMaterial) => void; reject: (error: unknown) => void }[];
  /** How many are being made, or are in the queue. */
  ordered: number;
};

type Pool = { stocks: Map<number, Stock>; isFilling: boolean };

// One pool per process, not per bundle copy of this module.
const holder = globalThis as typeof globalThis & { signetKeyPool?: Pool };

/** A fresh pair that nobody else gets; at once when one is in stock. EC pairs take milliseconds and are made on the spot. */
export async function takeKeyPair(type: KeyType): Promise<KeyPairMaterial> {
  if (type.algorithm.family === "EC") return generateKeyPair(type);
  const stock = stockOf(type);
  const ready = stock.ready.shift();
  if (ready !== undefined) {
    setTimeout(() => void fill(), REFILL_DELAY_MILLISECONDS).unref();
    return ready;
  }
  const made = new Promise<KeyPairMaterial>((resolve, reject) => stock.waiting.push({ resolve, reject }));
  // The pair may come from an order that was made in advance, for which alone a process would not stay.
  const stay = setInterval(() => undefined, STAY_MILLISECONDS);
  void serve(stock);
  return made.finally(() => clearInterval(stay));
}

function pool(): Pool {
  holder.signetKeyPool ??= { stocks: new Map(), isFilling: false };
  return holder.signetKeyPool;
}

/** All RSA algorithms share the pairs of one size. */
function stockOf(type: KeyType): Stock {
  const { stocks } = pool();
  const bits = type.rsaBits ?? 0;
  let stock = stocks.get(bits);
  if (stock === undefined) {
    stock = { type, ready: [], waiting: [], ordered: 0 };
    stocks.set(bits, stock);
  }
  return stock;
}

/** Makes one pair for a call that waits, whatever else is going on, and then tops the stock up. */
async function serve(stock: Stock): Promise<void> {
  if (stock.ordered >= stock.waiting.length) return;
  try {
    await make(stock);
  } catch (error) {
    stock.waiting.shift()?.reject(error);
  }
  if (stock.waiting.length > 0) void serve(stock);
  else void fill();
}

/** Tops every stock up, one pair after the other, so that never more than one core is busy with it. */
async function fill(): Promise<void> {
  const current = pool();
  if (current.isFilling) return;
  current.isFilling = true;
  try {
    for (let stock = findShort(); stock !== undefined; stock = findShort()) await make(stock);
  } catch {
    // A stock that cannot be filled in advance is filled by the call that needs a pair, which then gets the error.
  } finally {
    current.isFilling = false;
  }
}

function findShort(): Stock | undefined {
  return [...pool().stocks.values()].find((stock) => stock.ready.length + stock.ordered < TARGET);
}

async function make(stock: Stock): Promise<void> {
  stock.ordered += 1;
  try {
    const material = (await generateInChild(stock.type)) ?? (await generateKeyPair(stock.type));
    const waiting = stock.waiting.shift();
    if (waiting === undefined) stock.ready.push(material);
    else waiting.resolve(material);
  } finally {
    stock.ordered -= 1;
  }
}
