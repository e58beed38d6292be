document.documentElement.classList.add("js");
// On a narrow screen the menu scrolls: the page that one is on stays in sight.
addEventListener("DOMContentLoaded", () => {
  document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
});
