// Swagger UI on the page on which to try the API. Nothing of it leaves the portal.
const place = document.getElementById("api");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
follow();
dark.addEventListener("change", follow);
if (place && window.SwaggerUIBundle) {
  window.SwaggerUIBundle({
    url: place.dataset.description,
    domNode: place,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    validatorUrl: null,
    supportedSubmitMethods: ["get", "head", "options"],
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    deepLinking: true,
  });
}
