// What the board's pages do beyond links and forms: show what is new without being asked, and lead to the search.
"use strict";

const EVERY = 10_000;
const PAUSED = "soket-live-paused";
const main = document.getElementById("main");
const told = document.getElementById("live-told");
const switched = document.getElementById("live");
const asOf = document.getElementById("as-of");
const address = switched && switched.dataset.address;
let seen = address && switched.dataset.seen;
let known = address && Number(switched.dataset.count);
let timer = 0;

function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const inner = node.matches("tr, li") ? node.querySelector("[href]") : null;
  return node.id || (inner ? `${node.nodeName} ${inner.getAttribute("href")}` : "");
}

// Make one element like another, in place: what is typed, chosen, opened or focused in it stays.
function become(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const left = new Map();
  for (const child of old.childNodes) if (keyOf(child)) left.set(keyOf(child), child);
  const wanted = new Set([...fresh.childNodes].map(keyOf));
  let next = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const key = keyOf(child);
    while (next && keyOf(next) && !wanted.has(keyOf(next))) {
      const gone = next;
      next = next.nextSibling;
      gone.remove();
    }
    let same = key ? left.get(key) : next && !keyOf(next) ? next : null;
    if (same && (same.nodeName !== child.nodeName || same.nodeType !== child.nodeType)) same = null;
    if (!same) {
      old.insertBefore(document.importNode(child, true), next);
      continue;
    }
    left.delete(key);
    if (same === next) next = next.nextSibling;
    else old.insertBefore(same, next);
    become(same, child);
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

// What the board does not answer, or answers for somebody who has to sign in again.
class Unanswered extends Error {}

async function get(from) {
  const answer = await fetch(from, { credentials: "same-origin", cache: "no-cache" });
  if (answer.status === 401 || answer.status === 403) throw new Unanswered("Phiên đăng nhập đã hết, tải lại trang");
  if (!answer.ok || answer.redirected) throw new Unanswered("Chưa cập nhật được, đang thử lại");
  return answer.text();
}

async function refresh() {
  const page = await get(location.href);
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("main");
  const focused = document.activeElement;
  become(main, fresh);
  if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
}

// The campaign in short: what it is known by, how much is on record, and as of when.
async function ask() {
  const [now, count, moment] = (await get(address)).split("\n");
  if (now !== seen) {
    await refresh();
    const more = Number(count) - known;
    told.textContent = more > 0 ? `Bảng theo dõi vừa cập nhật: ${more} thay đổi.` : "Bảng theo dõi vừa cập nhật.";
    seen = now;
    known = Number(count);
  }
  asOf.textContent = moment;
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(turn, EVERY);
}

async function turn() {
  if (document.visibilityState !== "visible" || sessionStorage.getItem(PAUSED)) return;
  try {
    await ask();
    say();
  } catch (error) {
    if (!(error instanceof Unanswered || error instanceof TypeError)) throw error; // a TypeError is the network's
    say(error instanceof Unanswered ? error.message : "Mất kết nối, đang thử lại");
  }
  wait();
}

function say(trouble = "") {
  const paused = Boolean(sessionStorage.getItem(PAUSED));
  const words = paused ? "Tự cập nhật: đang tắt, bật lại" : trouble || "Tự cập nhật mỗi 10 giây, tạm dừng";
  if (switched.textContent !== words) switched.textContent = words;
  if (told.textContent !== trouble && trouble) told.textContent = trouble;
}

if (address) {
  switched.hidden = false;
  say();
  switched.addEventListener("click", () => {
    if (sessionStorage.getItem(PAUSED)) sessionStorage.removeItem(PAUSED);
    else sessionStorage.setItem(PAUSED, "1");
    say();
    turn();
  });
  document.addEventListener("visibilitychange", turn);
  wait();
}

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  const writes = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (event.key !== "/" || !search || writes || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  search.focus();
  search.select();
});
