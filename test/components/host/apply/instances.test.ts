import assert from "node:assert/strict";
import { python } from "./python";

const apps = [
  { name: "docs", service: null, socket: null },
  { name: "api", service: "app-api.service", socket: "app-api.socket" },
  {
    name: "shop",
    service: "app-shop.service",
    socket: "app-shop.socket",
    further: [
      { service: "app-shop_2.service", socket: "app-shop_2.socket" },
      { service: "app-shop_10.service", socket: "app-shop_10.socket" },
    ],
  },
];

describe("the instances of an app, to the apply program", () => {
  it("are all told of a release and of secrets", () => {
    const script = "from landfall_apply.target import services_of\nresult = services_of(given)";
    assert.deepEqual(python(script, { apps }), {
      docs: [],
      api: ["app-api.service"],
      shop: ["app-shop.service", "app-shop_2.service", "app-shop_10.service"],
    });
  });

  it("are restarted one after the other, beside those of other apps, once the sockets are there", () => {
    const units = apps.flatMap(({ service, socket, further = [] }) => [
      ...(service ? [service, socket] : []),
      ...further.flatMap((one) => [one.service, one.socket]),
    ]);
    const script = "from landfall_apply.switch import in_order\nresult = in_order(set(given))";
    assert.deepEqual(python(script, ["nginx.service", "app-shop_redis.service", ...units]), [
      ["app-api.socket", "app-shop.socket", "app-shop_10.socket", "app-shop_2.socket"],
      ["app-api.service", "app-shop.service", "app-shop_redis.service", "nginx.service"],
      ["app-shop_2.service"],
      ["app-shop_10.service"],
    ]);
  });

  it("are told from other units by their names", () => {
    const names = [
      "app-shop_2.service",
      "app-a-b_10.socket",
      "app-shop.service",
      "app-shop_redis.service",
      "nginx.service",
    ];
    const script = "from landfall_apply.switch import spare_of\nresult = [spare_of(name) for name in given]";
    assert.deepEqual(python(script, names), ["shop", "a-b", null, null, null]);
  });
});
