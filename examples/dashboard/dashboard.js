const list = document.getElementById("totals");
fetch("totals")
  .then((answer) => answer.json())
  .then((totals) => {
    for (const [harbour, boats] of Object.entries(totals)) {
      const name = document.createElement("dt");
      name.textContent = harbour;
      const count = document.createElement("dd");
      count.textContent = `${boats} boats`;
      list.append(name, count);
    }
  });
