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

  // Of photographs of paper a telephone calls each the same: none takes another's place.
  const isPage = (file) => document.getElementById("photos") !== null && ["image/jpeg", "image/png"].includes(file.type);

  function lineOf({ name }, alone) {
    for (const old of alone ? [] : document.querySelectorAll("#files-list li")) {
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
    const line = lineOf(file, isPage(file));
    const note = line.querySelector(".note");
    const say = (words) => { note.textContent = words; };
    const asked = { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: file.name, size: file.size, modified: file.lastModified }) };
    try {
      const told = await patiently(() => ask("tep", asked), say);
      if (isPage(file)) await keepThumb(told.id, file);
      return { file, line, say, told };
    } catch (error) {
      fail(line, say, error);
      return null;
    }
  }

  // A small picture of each photograph stays in this window: whole ones are not fetched again to be looked at.
  async function keepThumb(id, file) {
    try {
      const picture = await createImageBitmap(file, { resizeHeight: 166, resizeQuality: "medium" });
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [picture.width, picture.height];
      canvas.getContext("2d").drawImage(picture, 0, 0);
      picture.close();
      sessionStorage.setItem("anh/" + id, canvas.toDataURL("image/jpeg", 0.7));
    } catch {
      // No picture, or no room for one: its name stands there all the same.
    }
  }

  function showThumb(place) {
    const kept = sessionStorage.getItem("anh/" + place.dataset.id);
    if (!kept) return;
    const picture = new Image();
    picture.alt = "";
    picture.src = kept;
    place.replaceChildren(picture);
  }

  async function move(event) {
    event.preventDefault();
    const form = event.target;
    const { value } = event.submitter;
    await fetch(form.action, { method: "POST", body: new URLSearchParams({ by: value }) });
    await renew();
    const moved = document.querySelector('.move[action="' + form.getAttribute("action") + '"]');
    if (!moved) return;
    const [same, other] = [moved.querySelector('[value="' + value + '"]'), moved.querySelector("button:enabled")];
    (same.disabled ? other : same).focus();
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
    const pages = files.filter(isPage).sort((one, other) => one.lastModified - other.lastModified);
    queue = queue.then(async () => {
      const begun = [];
      for (const file of [...files.filter((each) => !isPage(each)), ...pages]) begun.push(await begin(file));
      for (const each of begun) if (each) await send(each);
      const refused = [...document.querySelectorAll("#files-list li:has(.refused)")];
      await patiently(renew, () => {});
      document.getElementById("files-list").append(...refused);
    }).catch(() => {}).then(() => { sending -= 1; });
  }

  function listenTo(form) {
    const input = form.querySelector("input");
    const sendChosen = () => sendAll([...input.files]);
    input.addEventListener("change", sendChosen);
    form.addEventListener("submit", (event) => { event.preventDefault(); sendChosen(); });
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      sendAll([...event.dataTransfer.files]);
    });
    sendChosen(); // on a slow line files are chosen before this script comes, and nothing tells of them again
  }

  function listen() {
    document.querySelectorAll(".choose").forEach(listenTo);
    document.querySelectorAll(".thumb").forEach(showThumb);
    document.querySelectorAll(".move").forEach((form) => form.addEventListener("submit", move));
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
