"use strict";
// The page works without this: it sends files in parts that go on where a line broke, and shows what comes of them.
(() => {
  const here = location.pathname.endsWith("/") ? location.pathname : location.pathname + "/";
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  document.documentElement.classList.add("scripted");

  class Refused extends Error {}

  async function ask(path, options = {}) {
    const answer = await fetch(here + path, { ...options, headers: { Accept: "application/json", ...options.headers } });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const told = await answer.json();
    if (!answer.ok) throw new Refused(told.message);
    return told;
  }

  // A line that broke is tried again, longer and longer after, for about ten minutes.
  async function patiently(step, say) {
    for (let tries = 0; ; tries++) {
      try {
        return await step();
      } catch (error) {
        if (error instanceof Refused || tries >= 24) throw error;
        say("Mất kết nối, đang thử lại…");
        await pause(Math.min(30000, 1000 * 2 ** Math.min(tries, 5)));
      }
    }
  }

  function lineOf(name) {
    for (const old of document.querySelectorAll("#files-list li")) {
      if (old.querySelector(".name").textContent === name) old.remove();
    }
    const line = document.createElement("li");
    line.innerHTML = '<span class="name"></span><span class="note"></span><progress max="1" value="0"></progress>';
    line.querySelector(".name").textContent = name;
    line.querySelector("progress").setAttribute("aria-label", "Đã gửi của tệp " + name);
    document.getElementById("files-list").append(line);
    return line;
  }

  // Every file is begun before any is sent: what is looked at meanwhile is not taken for the whole set.
  async function begin(file) {
    const line = lineOf(file.name);
    const note = line.querySelector(".note");
    const say = (words) => { note.textContent = words; };
    const asked = { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: file.name, size: file.size, modified: file.lastModified }) };
    try {
      return { file, line, say, told: await patiently(() => ask("tep", asked), say) };
    } catch (error) {
      fail(line, say, error);
      return null;
    }
  }

  function fail(line, say, error) {
    line.querySelector("progress").remove();
    line.querySelector(".note").className = "refused";
    say(error instanceof Refused ? error.message
      : "Không gửi được. Phần đã gửi vẫn còn: chọn lại tệp này để gửi tiếp.");
  }

  async function send({ file, line, say, told }) {
    const bar = line.querySelector("progress");
    const show = (arrived) => {
      bar.value = file.size ? arrived / file.size : 0;
      say("đã gửi " + Math.round(100 * bar.value) + "%");
    };
    try {
      while (told.arrived < file.size) {
        show(told.arrived);
        const part = file.slice(told.arrived, told.arrived + told.part);
        const before = told;
        told = await patiently(async () => {
          try {
            return await ask("tep/" + before.id + "?tu=" + before.arrived, { method: "PUT", body: part });
          } catch (error) {
            if (error instanceof Refused) throw error;
            // The part may have come, and the answer not: ask how far the file is.
            const come = await ask("tep/" + before.id);
            if (come.arrived === before.arrived) throw error;
            return come;
          }
        }, say);
      }
      show(file.size);
      return true;
    } catch (error) {
      fail(line, say, error);
      return false;
    }
  }

  async function renew() {
    const answer = await fetch(here, { cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh.getElementById("live")) return;
    for (const part of ["live", "beside"]) {
      document.getElementById(part).replaceWith(document.importNode(fresh.getElementById(part), true));
    }
    listen();
  }

  async function tryOut() {
    const place = document.getElementById("trial");
    if (!place || !place.dataset.waiting) return;
    place.innerHTML = '<p class="told wait" role="status">Đang kiểm tra trước…</p>';
    const answer = await fetch(here + "thu", { cache: "no-store" });
    if (!answer.ok) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("trial");
    if (found && place.isConnected) place.replaceWith(document.importNode(found, true));
  }

  let sending = 0;
  let queue = Promise.resolve();

  function sendAll(files) {
    if (!files.length) return;
    sending += 1;
    queue = queue.then(async () => {
      const begun = [];
      for (const file of files) begun.push(await begin(file));
      for (const each of begun) if (each) await send(each);
      const refused = [...document.querySelectorAll("#files-list li:has(.refused)")];
      await patiently(renew, () => {});
      document.getElementById("files-list").append(...refused);
    }).catch(() => {}).then(() => { sending -= 1; });
  }

  function listen() {
    const form = document.querySelector(".choose");
    const input = document.getElementById("files");
    input.addEventListener("change", () => sendAll([...input.files]));
    form.addEventListener("submit", (event) => { event.preventDefault(); sendAll([...input.files]); });
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      sendAll([...event.dataTransfer.files]);
    });
    tryOut();
  }

  // What is found of a submission comes within seconds; after that, a look now and then is enough.
  async function watch() {
    for (let looks = 0; ; looks++) {
      const live = document.getElementById("live");
      await pause(live.dataset.waits === "yes" && looks < 60 ? 2000 : 10000);
      if (document.hidden || sending) continue;
      try {
        const told = await ask("dau", { cache: "no-store" });
        if (told.mark !== document.getElementById("live").dataset.mark) await renew();
      } catch (error) {
        if (error instanceof Refused) return;
      }
    }
  }

  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
  listen();
  watch();
})();
