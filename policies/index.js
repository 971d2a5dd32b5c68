/** The policy pack, as `pulumi preview --policy-pack` starts it. */
require("./unused-modules");
require("./from-sources").load("pack/main").main();
