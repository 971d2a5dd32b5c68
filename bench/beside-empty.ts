import { copyCheckout, type CheckoutCopy } from "../toolchain/checkout-copy";
import { emptyProject } from "./baseline";
import { BenchProject } from "./bench-project";
import { cleaningUp } from "./cleanup";

/** Measures a copy of this checkout, brought up once so that its caches are filled, beside a project without resources. */
export async function besideEmpty<T>(work: (checkout: CheckoutCopy, empty: BenchProject) => Promise<T>): Promise<T> {
  const empty = emptyProject();
  const checkout = await copyCheckout();
  const remove = async (): Promise<void> => {
    empty.remove();
    await checkout.remove();
  };
  return await cleaningUp(remove, async () => {
    await empty.create();
    await checkout.npm("up");
    return await work(checkout, empty);
  });
}
