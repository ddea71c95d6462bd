"use strict";
(function () {
  var field = document.getElementById("cari");
  var empty = document.getElementById("kosong");
  var rules = Array.prototype.slice.call(document.querySelectorAll("main section > article"));
  var texts = rules.map(function (rule) { return rule.textContent.toLowerCase(); });
  function search() {
    var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    var any = false;
    rules.forEach(function (rule, i) {
      var fits = words.every(function (word) { return texts[i].indexOf(word) >= 0; });
      rule.hidden = !fits;
      any = any || fits;
      var entry = document.querySelector('nav li[data-for="' + rule.id + '"]');
      if (entry) { entry.hidden = !fits; }
    });
    document.querySelectorAll("main section").forEach(function (section) {
      section.hidden = words.length > 0 && !section.querySelector("article:not([hidden])");
    });
    document.querySelectorAll("nav details").forEach(function (family) {
      family.hidden = !family.querySelector("li:not([hidden])");
    });
    empty.hidden = any;
  }
  field.addEventListener("input", search);
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.prototype.slice.call(document.querySelectorAll("details.more:not([open])"));
    folded.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (part) { part.open = false; });
  });
})();
