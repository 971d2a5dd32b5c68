import { App, command, esg, gramex, publ } from "../components";
